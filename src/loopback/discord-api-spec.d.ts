/**
 * This part of the package has no types, because its entry `types` in package.json is the path of a .js file. A test
 * checks that the schemas in use exist.
 */
declare module 'discord-api-spec/zod';
