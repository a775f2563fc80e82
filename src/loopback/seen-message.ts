/** The type of messages as a Discord client receives them, and functions that read them. */
import type { Component } from './component-json.ts';
import { allComponents } from './component-rules.ts';

export interface SeenMessage {
  readonly id: string;
  readonly channel_id: string;
  readonly author: { readonly id: string; readonly username: string; readonly bot?: boolean };
  readonly content: string;
  readonly flags: number;
  readonly nonce?: string;
  readonly embeds: readonly object[];
  readonly components: readonly Component[];
  readonly mentions: readonly { readonly id: string; readonly username: string }[];
  readonly mention_everyone: boolean;
  readonly edited_timestamp: string | null;
  readonly interaction_metadata?: {
    readonly id: string;
    readonly type: number;
    readonly user: { readonly id: string };
  };
}

/** All text of a message and its components, in reading order. No-break spaces are replaced by ordinary spaces. */
export function textOf({ content, components }: Pick<SeenMessage, 'content' | 'components'>): string {
  const texts = flat(components).flatMap((component) => (component.content === undefined ? [] : [component.content]));
  return [content, ...texts].filter(Boolean).join('\n').replaceAll('\u00a0', ' ');
}

export const labelsOf = ({ components }: Pick<SeenMessage, 'components'>): readonly string[] =>
  flat(components).flatMap(({ type, label }) => (type === 2 ? [label ?? ''] : []));

export const flat = (components: readonly Component[]): readonly Component[] =>
  allComponents(components).map(({ component }) => component);
