/** JSON Schemas of the files of a pack, for editors that complete fields and underline mistakes. */
import { z } from 'zod';
import { manifestSchema, entrySchemas } from '../../core/pack/pack-schemas.ts';
import { kindOfFile } from '../../core/pack/pack.ts';
import { questionsFileSchema as questions } from '../../core/questions/question-schema.ts';

/** File name → text of each schema. */
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
  // Editors support draft 7. `input` is the form that authors write, before defaults are filled in.
  const schema = z.toJSONSchema(shape, {
    io: 'input',
    target: 'draft-7',
    override: ({ jsonSchema }) => {
      // zod adds this limit to every integer; in an editor it would only distract.
      if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
    },
  });
  return `${JSON.stringify(schema, null, 2)}\n`;
}
