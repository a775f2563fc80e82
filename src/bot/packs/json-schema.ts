/** Generates JSON Schemas for the files of a pack, so that editors can complete fields and underline mistakes. */
import { z } from 'zod';
import { manifestSchema, entrySchemas } from '../../core/pack/pack-schemas.ts';
import { kindOfFile } from '../../core/pack/pack.ts';
import { questionsFileSchema as questions } from '../../core/questions/question-schema.ts';

/** File name of each schema → content of that file. */
export function schemaFiles(): ReadonlyMap<string, string> {
  return new Map([
    ['pack.schema.json', schemaText(manifestSchema)],
    ['questions.schema.json', schemaText(questions)],
    ...Object.entries(kindOfFile).map(
      ([file, kind]) => [file.replace('.yaml', '.schema.json'), schemaText(z.array(entrySchemas[kind]))] as const,
    ),
  ]);
}

function schemaText(shape: z.ZodType): string {
  // Draft 7 because editors support it. `input` because authors write entries before defaults are filled in.
  const schema = z.toJSONSchema(shape, {
    io: 'input',
    target: 'draft-7',
    override: ({ jsonSchema }) => {
      // zod adds this limit to every integer. Editors would show it, although it means nothing to authors.
      if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
    },
  });
  return `${JSON.stringify(schema, null, 2)}\n`;
}
