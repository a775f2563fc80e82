/**
 * Shows a modal of the bot as a dialog. The dialog stays open until the bot has responded, so that no input is lost.
 */
import { optionsOf } from './components.js';
import { h, part } from './dom.js';
import { markdown } from './discord-markdown.js';

/** @typedef {any} Component a component in the format of Discord's API */
/** @typedef {{ element: Node, answer(): object }} Field an input, and a function that returns its value */

/** @typedef {Pick<import('./components.js').View, 'names' | 'offers'>} Offered */

let fieldCount = 0;

/**
 * Shows a modal until the bot accepts the values.
 * @param {{ title: string, components: Component[] }} modal @param {Offered} about
 * @param {(components: object[]) => Promise<void>} submit
 */
export function showModal(modal, about, submit) {
  const dialog = /** @type {HTMLDialogElement} */ (part('modal'));
  const rows = modal.components.map((component) => modalField(component, about));
  const problem = h('p.failure', { role: 'alert' });
  const cancel = h('button.button.secondary', { type: 'button' }, 'Cancel');
  const send = h('button.button.primary', { type: 'submit' }, 'Submit');
  const title = h('h2', { id: 'modal-title', dir: 'auto' }, modal.title);
  const form = h(
    'form',
    title,
    rows.map(({ element }) => element),
    problem,
    h('div.row.end', cancel, send),
  );
  cancel.addEventListener('click', () => dialog.close());
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    if (send.getAttribute('aria-disabled')) return;
    send.setAttribute('aria-disabled', 'true');
    problem.textContent = '';
    submit(rows.map((one) => one.answer())).then(
      () => dialog.close(),
      (/** @type {Error} */ reason) => {
        problem.textContent = reason.message;
        send.removeAttribute('aria-disabled');
      },
    );
  });
  dialog.replaceChildren(form);
  if (!dialog.open) dialog.showModal();
}

/** @param {Component} component @param {Offered} about @returns {Field} */
function modalField(component, about) {
  const { type, id } = component;
  if (type === 10) {
    return { element: h('div', markdown(component.content, about.names)), answer: () => ({ type, id }) };
  }
  if (type === 1) {
    const inner = labelledField(component.components[0], component.components[0].label ?? '', undefined, about);
    return { element: inner.element, answer: () => ({ type, id, components: [inner.answer()] }) };
  }
  const inner = labelledField(component.component, component.label, component.description, about);
  return { element: inner.element, answer: () => ({ type, id, component: inner.answer() }) };
}

/**
 * @param {Component} field @param {string} label @param {string | undefined} description @param {Offered} offered
 * @returns {Field}
 */
function labelledField(field, label, description, offered) {
  const id = `field-${(fieldCount += 1)}`;
  const required = field.required !== false;
  const star = required ? h('span.star', { 'aria-hidden': 'true' }, ' *') : undefined;
  const about = description ? h('p.subtext', { id: `${id}-about`, dir: 'auto' }, description) : undefined;
  const attributes = { id, required, 'aria-describedby': about && `${id}-about` };
  const base = { type: field.type, id: field.id, custom_id: field.custom_id };
  const named = (/** @type {Node} */ control) => {
    const title = h('label', { for: id }, h('span', { dir: 'auto' }, label), star);
    return h('div.field', title, about, control);
  };
  if (field.type === 4) {
    const limits = { minlength: field.min_length, maxlength: field.max_length ?? 4000, placeholder: field.placeholder };
    const kind = field.style === 2 ? { rows: 4 } : { type: 'text' };
    const input = /** @type {HTMLInputElement} */ (
      h(field.style === 2 ? 'textarea' : 'input', { ...attributes, ...limits, ...kind, dir: 'auto' })
    );
    input.value = field.value ?? '';
    return { element: named(input), answer: () => ({ ...base, value: input.value }) };
  }
  if (field.type === 19) {
    const several = (field.max_values ?? 1) > 1;
    const input = /** @type {HTMLInputElement} */ (h('input', { ...attributes, type: 'file', multiple: several }));
    return { element: named(input), answer: () => ({ ...base, values: [...(input.files ?? [])] }) };
  }
  const choices = optionsOf(field, offered);
  if (choices && field.type <= 8) {
    const face = h('option', { value: '' }, field.placeholder ?? 'Make a choice');
    const several = (field.max_values ?? 1) > 1;
    const options = choices.map((/** @type {any} */ one) =>
      h('option', { value: one.value, selected: one.default === true }, one.label),
    );
    const select = /** @type {HTMLSelectElement} */ (
      h('select', { ...attributes, multiple: several }, several ? [] : face, options)
    );
    const values = () => [...select.selectedOptions].map(({ value }) => value).filter(Boolean);
    return { element: named(select), answer: () => ({ ...base, values: values() }) };
  }
  if (field.type === 21 || field.type === 22) return group(field, { label, star, about, required, id, base });
  if (field.type === 23) {
    const box = /** @type {HTMLInputElement} */ (h('input', { ...attributes, required: false, type: 'checkbox' }));
    box.checked = field.default === true;
    return { element: named(box), answer: () => ({ ...base, value: box.checked }) };
  }
  const words = `(This playground does not draw inputs of type ${field.type}.)`;
  return { element: named(h('p.subtext', { id }, words)), answer: () => base };
}

/**
 * Renders a radio group (type 21) or a checkbox group (type 22).
 * @param {Component} field
 * @param {{ label: string, star: Node | undefined, about: Node | undefined, required: boolean, id: string, base: object }} with_
 * @returns {Field}
 */
function group(field, { label, star, about, required, id, base }) {
  const single = field.type === 21;
  const boxes = field.options.map((/** @type {any} */ one) => {
    const kind = single ? 'radio' : 'checkbox';
    const box = h('input', { type: kind, name: id, value: one.value, required: single && required });
    /** @type {HTMLInputElement} */ (box).checked = one.default === true;
    const more = one.description ? h('span.subtext', { dir: 'auto' }, ` ${one.description}`) : undefined;
    return h('label.option', box, h('span', { dir: 'auto' }, one.label), more);
  });
  const title = h('legend', h('span', { dir: 'auto' }, label), star);
  const element = h('fieldset.field', title, about, boxes);
  const { min_values: least = required ? 1 : 0, max_values: most = boxes.length } = field;
  const [first] = element.querySelectorAll('input');
  const validate = () => {
    const count = checked().length;
    const fits = single || (count >= least && count <= most);
    first?.setCustomValidity(fits ? '' : `Choose ${least === most ? least : `${least} to ${most}`} of these.`);
  };
  const checked = () => [...element.querySelectorAll('input')].filter((box) => box.checked).map(({ value }) => value);
  element.addEventListener('change', validate);
  validate();
  return {
    element,
    answer: () => (single ? { ...base, value: checked()[0] ?? null } : { ...base, values: checked() }),
  };
}
