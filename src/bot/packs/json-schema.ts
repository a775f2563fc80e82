/**
 * Generates JSON Schemas for the files of a pack. With these schemas, text editors can complete field names and
 * underline mistakes.
 */
import { z } from 'zod';
import { manifestSchema, entrySchemas } from '../../core/pack/pack-schemas.ts';
import { kindOfFile } from '../../core/pack/pack.ts';
import { questionsFileSchema as questions } from '../../core/questions/question-schema.ts';

/** A pack in a single file. Each field has the content of one file of a pack folder. */
const wholePack = z.strictObject({
  pack: manifestSchema,
  ...Object.fromEntries(
    Object.entries(kindOfFile).map(([file, kind]) => [
      file.replace('.yaml', ''),
      z.array(entrySchemas[kind]).optional(),
    ]),
  ),
  questions: questions.optional(),
});

/** The schema files, as a map from file name to content. */
export function schemaFiles(): ReadonlyMap<string, string> {
  return new Map([
    ['pack.schema.json', schemaText(manifestSchema)],
    ['questions.schema.json', schemaText(questions)],
    ['whole-pack.schema.json', schemaText(wholePack)],
    ...Object.entries(kindOfFile).map(
      ([file, kind]) => [file.replace('.yaml', '.schema.json'), schemaText(z.array(entrySchemas[kind]))] as const,
    ),
  ]);
}

function schemaText(shape: z.ZodType): string {
  // The schema uses draft 7 because text editors support this version. `io: 'input'` is needed because authors may omit
  // fields that have defaults.
  const schema = z.toJSONSchema(shape, {
    io: 'input',
    target: 'draft-7',
    override: ({ jsonSchema }) => {
      // zod adds MAX_SAFE_INTEGER as the maximum of every integer. This maximum is removed, because text editors would
      // show it to authors.
      if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
    },
  });
  return `${JSON.stringify(schema, null, 2)}\n`;
}
