/**
 * The package has no types, because the entry `types` in its package.json is the path of a .js file. A test checks that
 * the schemas in use exist.
 */
declare module 'discord-api-spec/zod';
