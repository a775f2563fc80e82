/** Components, modals and options with the fields that the emulation reads. One type covers all components. */

export interface Component {
  readonly type: number;
  readonly id?: number;
  readonly custom_id?: string;
  readonly components?: readonly Component[];
  readonly accessory?: Component;
  readonly component?: Component;
  readonly content?: string;
  readonly label?: string;
  readonly placeholder?: string;
  readonly emoji?: { readonly id?: string | null; readonly name?: string | null } | null;
  readonly url?: string | null;
  readonly sku_id?: string | null;
  readonly style?: number;
  readonly disabled?: boolean;
  readonly required?: boolean | null;
  readonly min_values?: number | null;
  readonly max_values?: number | null;
  readonly min_length?: number | null;
  readonly max_length?: number | null;
  readonly default_values?: readonly object[];
  readonly options?: readonly {
    readonly label?: string;
    readonly value: string;
    readonly emoji?: Component['emoji'];
  }[];
  readonly items?: readonly { readonly media: { readonly url: string }; readonly description?: string }[];
}

export interface CommandOption {
  readonly type: number;
  readonly name: string;
  readonly description: string;
  readonly required?: boolean;
  readonly autocomplete?: boolean;
  readonly choices?: readonly { readonly name: string; readonly value: string | number }[];
  readonly options?: readonly CommandOption[];
  readonly min_value?: number;
  readonly max_value?: number;
  readonly min_length?: number;
  readonly max_length?: number;
}

export interface Modal {
  readonly custom_id: string;
  readonly title: string;
  readonly components: readonly Component[];
}
