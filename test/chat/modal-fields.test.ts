/** Tests that the JSON of modals is within Discord's limits. */
import { expect, test } from 'vitest';
import { limits } from '../../src/chat/limits.ts';
import { checkboxField, type Modal, modal, textInputField } from '../../src/chat/message/modal-fields.ts';
import { yearModal } from '../../src/chat/quiz/question-card.ts';

const forms: readonly Modal[] = [yearModal('A'.repeat(20), 24)];

test.each(forms)('the modal “$title” is within Discord’s limits', ({ title, custom_id, components }) => {
  expect(title.length).toBeLessThanOrEqual(limits.modalTitle);
  expect(custom_id.length).toBeLessThanOrEqual(limits.customId);
  expect(components.length).toBeGreaterThan(0);
  expect(components.length).toBeLessThanOrEqual(limits.modalComponents);
  for (const part of components) {
    if (part.type !== 18) continue;
    expect(part.label.length).toBeLessThanOrEqual(limits.label);
    expect(part.description?.length ?? 0).toBeLessThanOrEqual(limits.labelDescription);
    if (part.component.type === 4)
      expect(part.component.placeholder?.length ?? 0).toBeLessThanOrEqual(limits.placeholder);
  }
});

test('the JSON of a modal contains the labels and fields, without undefined properties', () => {
  expect(
    modal('Sure?', 'me:delete', checkboxField('I am sure', 'sure', 'All of it'), textInputField('Why', 'why')),
  ).toEqual({
    title: 'Sure?',
    custom_id: 'me:delete',
    components: [
      { type: 18, label: 'I am sure', description: 'All of it', component: { type: 23, custom_id: 'sure' } },
      { type: 18, label: 'Why', component: { type: 4, custom_id: 'why', style: 1 } },
    ],
  });
});
