/**
 * Uses the switch `name` of the drawer. Without a name, loads the data that the drawer shows.
 * @param {string} [name] @param {object} [body] @returns {Promise<any>}
 */
export async function control(name, body = {}) {
  const asked = name ? { method: 'POST', body: JSON.stringify(body) } : {};
  const answer = await fetch(`/controls${name ? `/${name}` : ''}`, asked).catch(() => {
    throw new Error('The playground cannot be reached. Is it still running?');
  });
  const said = await answer.json();
  if (!answer.ok) throw new Error(said.message);
  return said;
}
