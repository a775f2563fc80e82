/** Error messages for ids in `questions.yaml` that do not exist in the pack. */
import { locationIn, spellingHint } from '../pack/problem-messages.ts';
import { type PackFile } from '../pack/pack-file.ts';
import type { PackIndex, QuestionCandidate } from './question-candidate.ts';
import type { QuestionsFile } from './question-schema.ts';

export function unknownDenyIds({ deny }: QuestionsFile, packIndex: PackIndex, file: PackFile): string[] {
  return deny.flatMap(({ about }, index) =>
    about.flatMap((id, at) =>
      packIndex.entry(id)
        ? []
        : [`${locationIn(file, ['deny', index, 'about', at])}, deny [${index + 1}], about: ${noEntry(id, packIndex)}`],
    ),
  );
}

export function unknownRecordIds({ askRecord }: QuestionsFile, packIndex: PackIndex, file: PackFile): string[] {
  return askRecord.flatMap((id, index) =>
    packIndex.entry(id)
      ? []
      : [`${locationIn(file, ['askRecord', index])}, askRecord [${index + 1}]: ${noEntry(id, packIndex)}`],
  );
}

export function unknownApartIds(
  apart: QuestionsFile['apart'],
  questions: readonly QuestionCandidate[],
  file: PackFile,
): string[] {
  const known = questions.map(({ id }) => id);
  return apart.flatMap((ids, index) =>
    ids.flatMap((id, at) =>
      known.includes(id)
        ? []
        : [
            `${locationIn(file, ['apart', index, at])}, apart [${index + 1}]: there is no question "${id}"${spellingHint(id, known)}`,
          ],
    ),
  );
}

export function noEntry(id: string, { pack }: PackIndex): string {
  const known = pack.entries.map((entry) => entry.id);
  return `there is no entry "${id}"${spellingHint(id, known)}`;
}
