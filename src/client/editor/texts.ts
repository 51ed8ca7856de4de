import { l10n } from 'vscode';
import { translator } from '../../base/l10n.ts';
import { iconFree, noticeText } from './notice.ts';

/** Translates into the display language of VS Code. Names and texts of files and nodes in a message become no link and hide nothing. */
export const t = translator(l10n.bundle ?? {}, noticeText);

/** The same where VS Code also draws icons: lenses, lists to pick from, the status bar. */
export const iconText = translator(l10n.bundle ?? {}, iconFree);
