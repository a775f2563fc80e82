/** Files that a group can fill in. */
export const template = (format: 'csv' | 'anki' | 'yaml') => ({
  fileName: `template.${format}`,
  text: 'front,back\n',
});
