import { l10n } from 'vscode';
import { translator } from '../../base/l10n.ts';

/** Translates into the display language of VS Code. */
export const t = translator(l10n.bundle ?? {});
