/** The package has no types: its `types` entry names a .js file. A test checks that the schemas in use exist. */
declare module 'discord-api-spec/zod';
