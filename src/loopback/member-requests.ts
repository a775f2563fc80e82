/** Builds request bodies for commands, components and modals in the format of Discord's own client. */
import type { Component } from './component-json.ts';
import { flat, type SeenMessage } from './seen-message.ts';

type Value = string | number | boolean | File;
export type Values = Readonly<Record<string, Value>>;
export type Filled = Readonly<Record<string, Value | readonly (string | File)[]>>;
interface IndexedOption {
  readonly type: number;
  readonly name: string;
  readonly options?: readonly IndexedOption[];
}
export interface IndexedCommand extends IndexedOption {
  readonly id: string;
  readonly application_id: string;
  readonly version: string;
}
interface TypedOption {
  readonly type: number;
  readonly name: string;
  readonly value?: Value;
  readonly focused?: boolean;
  readonly options?: readonly TypedOption[];
}

/** Returns the application id and `data` of a typed command. Throws an error for an unknown command or option. */
export function commandData(
  commands: readonly IndexedCommand[],
  username: string,
  line: string,
  values: Values,
  focused?: string,
) {
  const [name = '', ...branches] = line.replace(/^\//, '').split(/\s+/);
  const command = commands.find((each) => each.name === name && each.type === 1);
  if (!command) throw new Error(`${username} cannot find /${name} here.`);
  const fill = (at: IndexedOption, path: readonly string[]): readonly TypedOption[] => {
    const [step, ...rest] = path;
    if (step !== undefined) {
      const branch = at.options?.find((option) => option.name === step);
      if (!branch) throw new Error(`/${name} has no ${step}.`);
      return [{ type: branch.type, name: step, options: fill(branch, rest) }];
    }
    return Object.entries(values).map(([name, value]) => {
      const option = at.options?.find((each) => each.name === name);
      if (!option) throw new Error(`${line} has no option ${name}.`);
      return { type: option.type, name, value, ...(name === focused && { focused: true }) };
    });
  };
  const { id, application_id, version } = command;
  return { application_id, data: { id, version, name, type: 1, options: fill(command, branches), attachments: [] } };
}

export function menuData(commands: readonly IndexedCommand[], username: string, name: string, target_id: string) {
  const command = commands.find((each) => each.name === name && each.type !== 1);
  if (!command) throw new Error(`${username} cannot find ${name} in a context menu here.`);
  const { id, application_id, version, type } = command;
  return { application_id, data: { id, version, name, type, target_id } };
}

export function componentData(message: SeenMessage, which: string, values: readonly string[] = []): object {
  const component = flat(message.components).find(
    ({ custom_id, label, placeholder }) => custom_id === which || label === which || placeholder === which,
  );
  const { type = 2, custom_id = which } = component ?? {};
  return { component_type: type, custom_id, ...(type !== 2 && { type, values }) };
}

export function filledIn(component: Component, filled: Filled): object {
  const value = component.custom_id === undefined ? undefined : filled[component.custom_id];
  return {
    type: component.type,
    ...(component.custom_id !== undefined && { custom_id: component.custom_id }),
    ...(value !== undefined && (Array.isArray(value) ? { values: value } : { value })),
    ...(component.components && { components: component.components.map((inner) => filledIn(inner, filled)) }),
    ...(component.component && { component: filledIn(component.component, filled) }),
  };
}
