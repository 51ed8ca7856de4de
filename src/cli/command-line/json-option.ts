import { msg } from '../../base/l10n.ts';
import type { OptionSpec } from './option-spec.ts';

export const json: OptionSpec = { name: 'json', what: msg('Print JSON instead of text.') };
