/**
 * Checks whether a button about an entry belongs to the pack that the server uses. The custom_id of such a button
 * contains the code of the pack. If the server now uses another pack, that pack may have a different entry with the
 * same id, and an old button must not open it.
 */
import { z } from 'zod';
import { packCode } from '../../core/pack/pack-code.ts';
import type { CommandContext, InteractionResponse, UsedPack } from '../command-context.ts';
import { ephemeralNotice } from '../message/notice.ts';
import { packWords } from '../words/pack-words.ts';

/** The code of a pack in a custom_id. Buttons of older versions of the bot have no code. */
export const packPart = z.string().regex(/^p[0-9a-z]{1,7}$/);

/**
 * The last part of a custom_id: the code of the pack with the id `pack`. Rounds that an older version of the bot opened
 * do not contain the id of their pack. For these rounds, `pack` and the result are empty.
 */
export const inPack = (pack: string): readonly string[] => (pack === '' ? [] : [packCode(pack)]);

/**
 * Runs `answer` with the pack that is used here. If the button belongs to another pack, does not call `answer`. The
 * response then says that the button belongs to another pack.
 */
export async function withItsPack(
  code: string | undefined,
  { pack, addedPacks }: CommandContext,
  answer: (used: UsedPack) => InteractionResponse | Promise<InteractionResponse>,
): Promise<InteractionResponse> {
  const used = await pack();
  if (code === undefined || code === packCode(used.facts.pack.id)) return answer(used);
  return ephemeralNotice(packWords.fromOtherPack(await addedPacks.named(code)));
}
