/** The files of a pack as JSON Schema, for editors that complete fields and underline mistakes while one writes. */
import { z } from 'zod';
import { manifestSchema, entrySchemas } from '../../core/pack/pack-schemas.ts';
import { kindOfFile } from '../../core/pack/pack.ts';
import { questionsFileSchema as questions } from '../../core/questions/question-schema.ts';

/** Name of each schema file → its text. */
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
  // Draft 7 is what every editor's YAML support reads; "input" is what an author writes, before defaults are filled in.
  const schema = z.toJSONSchema(shape, {
    io: 'input',
    target: 'draft-7',
    override: ({ jsonSchema }) => {
      // A bound that no author will meet is noise beside a field.
      if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
    },
  });
  return `${JSON.stringify(schema, null, 2)}\n`;
}
