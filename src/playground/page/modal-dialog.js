/** Shows a modal of the bot as a dialog, which stays open until the bot has responded, so that no input is lost. */
import { optionsOf } from './components.js';
import { h, part } from './dom.js';
import { markdown } from './discord-markdown.js';

/** @typedef {any} Component a component in the format of Discord's API */
/**
 * An input or text of the modal. `answer` returns what is sent for it.
 * @typedef {{ element: Node, answer(data: FormData): object }} Field
 */

let fieldCount = 0;

/**
 * Shows a modal until the bot accepts the values.
 * @param {{ title: string, components: Component[] }} modal @param {(components: object[]) => Promise<void>} submit
 */
export function showModal(modal, submit) {
  const dialog = /** @type {HTMLDialogElement} */ (part('modal'));
  const rows = modal.components.map((component) => modalField(component));
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
    const data = new FormData(/** @type {HTMLFormElement} */ (form));
    submit(rows.map((one) => one.answer(data))).then(
      () => dialog.close(),
      (/** @type {Error} */ reason) => {
        problem.textContent = reason.message;
        send.removeAttribute('aria-disabled');
      },
    );
  });
  dialog.replaceChildren(form);
  if (!dialog.open) dialog.showModal();
  // The browser may have scrolled down to the first input, past a text that explains this input. Therefore the
  // dialog is scrolled back to its top.
  dialog.scrollTop = 0;
}

/** @param {Component} component @returns {Field} */
function modalField(component) {
  const { type, id, content, components: [first] = [], component: only = first } = component;
  if (type === 10) return { element: h('div', markdown(content)), answer: () => ({ type, id }) };
  const label = type === 1 ? only.label : component.label;
  const { element, answer } = labelledField(only, label ?? '', component.description);
  return {
    element,
    answer: (data) => ({ type, id, ...(type === 1 ? { components: [answer(data)] } : { component: answer(data) }) }),
  };
}

/**
 * What is sent for an input, by component type: text, file upload, radio group, checkbox group and checkbox. A select
 * sends the values that are not empty.
 * @type {Record<number, (data: FormData, name: string) => object>}
 */
const answers = {
  4: (data, name) => ({ value: data.get(name) }),
  // If no file is chosen, the form data contains a file without a name.
  19: (data, name) => ({ values: data.getAll(name).filter((file) => file instanceof File && file.name) }),
  21: (data, name) => ({ value: data.get(name) }),
  22: (data, name) => ({ values: data.getAll(name) }),
  23: (data, name) => ({ value: data.has(name) }),
};

/** @param {Component} field @param {string} label @param {string | undefined} description @returns {Field} */
function labelledField(field, label, description) {
  const { type, custom_id } = field;
  const id = `field-${(fieldCount += 1)}`;
  const required = field.required !== false && type !== 23;
  // The space before the star does not break, so that the star stays on the line of the last word.
  const star = field.required !== false ? h('span.star', { 'aria-hidden': 'true' }, '\u00a0*') : undefined;
  const about = description ? h('p.subtext', { id: `${id}-about`, dir: 'auto' }, description) : undefined;
  const attributes = { id, name: id, required, 'aria-describedby': about && `${id}-about` };
  const title = h('span', { dir: 'auto' }, label);
  const isGroup = type === 21 || type === 22;
  const element = isGroup
    ? h('fieldset.field', h('legend', title, star), about, boxes(field, id, required))
    : h('div.field', h('label', { for: id }, title, star), about, control(field, attributes));
  if (type === 22) limitCount(element, field, required);
  const values = (/** @type {FormData} */ data) => ({ values: data.getAll(id).filter(Boolean) });
  const answer = answers[type] ?? (optionsOf(field) ? values : () => ({}));
  return { element, answer: (data) => ({ type, id: field.id, custom_id, ...answer(data, id) }) };
}

/**
 * An input other than a radio group or checkbox group.
 * @param {Component} field @param {Record<string, string | boolean | undefined>} attributes
 */
function control(field, attributes) {
  const { type, min_length: minlength, placeholder } = field;
  const value = field.value ?? '';
  const multiple = (field.max_values ?? 1) > 1;
  const text = { ...attributes, minlength, maxlength: field.max_length ?? 4000, placeholder, dir: 'auto' };
  if (type === 4 && field.style === 2) return h('textarea', { ...text, rows: 4 }, value);
  if (type === 4) return h('input', { ...text, type: 'text', value });
  if (type === 19) return h('input', { ...attributes, type: 'file', multiple });
  if (type === 23) return h('input', { ...attributes, type: 'checkbox', checked: field.default === true });
  const options = optionsOf(field)?.map(({ value, label, default: selected }) =>
    h('option', { value, selected: selected === true }, label),
  );
  const face = h('option', { value: '' }, placeholder ?? 'Make a choice');
  if (options) return h('select', { ...attributes, multiple }, multiple ? [] : face, options);
  return h('p.subtext', { id: attributes['id'] }, `(This playground does not draw inputs of type ${type}.)`);
}

/**
 * The options of a radio group (type 21) or a checkbox group.
 * @param {Component} field @param {string} name @param {boolean} required
 */
const boxes = ({ type, options }, name, required) =>
  options.map((/** @type {any} */ { value, label, description, default: isChosen }) => {
    const kind = type === 21 ? { type: 'radio', required } : { type: 'checkbox' };
    const more = description ? h('span.subtext', { dir: 'auto' }, ` ${description}`) : undefined;
    const box = h('input', { ...kind, name, value, checked: isChosen === true });
    return h('label.option', box, h('span', { dir: 'auto' }, label), more);
  });

/**
 * Refuses too few or too many checked boxes.
 * @param {HTMLElement} group @param {Component} field @param {boolean} required
 */
function limitCount(group, field, required) {
  const { options, min_values: least = required ? 1 : 0, max_values: most = options.length } = field;
  const validate = () => {
    const count = group.querySelectorAll(':checked').length;
    const fits = count >= least && count <= most;
    const problem = fits ? '' : `Choose ${least === most ? least : `${least} to ${most}`} of these.`;
    group.querySelector('input')?.setCustomValidity(problem);
  };
  group.addEventListener('change', validate);
  validate();
}
