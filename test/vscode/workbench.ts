import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { FrameLocator, Locator, Page } from 'playwright-core';
import { PROJECT } from './build.ts';
import { type Language, paletteLabel } from './titles.ts';

/** The parts of the workbench where a test can wait for a text. */
export type Place =
  | 'editor'
  | 'sidebar'
  | 'output'
  | 'problems'
  | 'hover'
  | 'notifications'
  | 'dialog'
  | 'statusbar';

export const SELECTORS: Readonly<Record<Place, string>> = {
  editor: '.part.editor',
  sidebar: '.part.sidebar',
  output: '.part.panel .output-view-container, .part.panel .output-view',
  problems: '.part.panel .markers-panel',
  hover: '.monaco-hover:not(.hidden), .workbench-hover',
  notifications: '.notifications-toasts, .notifications-center',
  dialog: '.monaco-dialog-box',
  statusbar: '.part.statusbar',
};

/** An expected change takes seconds; a loaded system takes longer. */
const WAIT_MS = 90_000;
/** How long until an action without effect is repeated, as a user would: opening a quick input, hovering over an element. */
const TRY_MS = 7_500;
const QUICK_INPUT = '.quick-input-widget:visible';

/** What a user types for a command: its label up to a bracket, since the palette does not find a Korean word that is followed by one. */
const typedFor = (label: string): string => label.split('(')[0]?.trim() ?? label;

/** The folder of the screenshots. */
export const SCREENSHOTS = join(PROJECT, 'test-results/ui');

export interface WorkbenchOptions {
  readonly page: Page;
  /** Absolute path of the open folder. */
  readonly workspace: string;
  readonly extension: string;
  readonly language: Language;
}

/** The user interface of one open VS Code window, in the terms of its user. */
export class Workbench {
  readonly page: Page;
  readonly workspace: string;
  readonly language: Language;
  readonly #extension: string;

  constructor({ page, workspace, extension, language }: WorkbenchOptions) {
    this.page = page;
    page.setDefaultTimeout(WAIT_MS);
    this.workspace = workspace;
    this.language = language;
    this.#extension = extension;
  }

  /** Waits until the window is drawn and connected to its extension host. */
  async ready(): Promise<void> {
    await this.page.locator('.part.editor').waitFor();
    await this.page.locator('.part.statusbar #status\\.host').waitFor();
    await this.page.locator('.explorer-folders-view .monaco-list').waitFor();
  }

  /** Runs a command of the extension from the palette, under its label in the display language. */
  async command(id: string): Promise<void> {
    await this.palette(await paletteLabel(this.#extension, id, this.language));
  }

  /** Runs a command from the palette by the label shown there, such as `View: Toggle Output`. */
  async palette(label: string): Promise<void> {
    await this.#chosen('F1', `>${typedFor(label)}`, label);
  }

  /** Opens a file of the workspace by name and waits for its editor. */
  async openFile(name: string): Promise<void> {
    await this.#chosen('Control+p', name, name);
    await this.page.locator(`.tab.active[data-resource-name="${name}"]`).waitFor();
    await this.page.locator('.part.editor .view-lines').first().waitFor();
  }

  /** Types into the open quick input and accepts the entry whose text contains the label. */
  async pick(typed: string, label: string, timeout = WAIT_MS): Promise<void> {
    const input = this.page.locator(`${QUICK_INPUT} input[type="text"]`).first();
    await input.waitFor({ timeout });
    await input.fill(typed, { timeout });
    const row = this.page.locator(`${QUICK_INPUT} .monaco-list-row`).filter({ hasText: label });
    await row.first().click({ timeout });
  }

  /** Hovers over an element until the hover shows a text; a repaint under the pointer can close a hover. */
  async hoverFor(target: Locator, text: string): Promise<void> {
    const deadline = Date.now() + 2 * WAIT_MS;
    for (;;) {
      await this.page.mouse.move(1399, 450);
      await target.hover();
      try {
        return await this.waitForText('hover', text, TRY_MS);
      } catch (error) {
        if (Date.now() > deadline) throw error;
      }
    }
  }

  /** Opens a quick input with its key and accepts an entry; opens it again when a late focus change or list update closed it. */
  async #chosen(key: string, typed: string, label: string): Promise<void> {
    const deadline = Date.now() + 2 * WAIT_MS;
    for (;;) {
      await this.page.keyboard.press(key);
      try {
        return await this.pick(typed, label, TRY_MS);
      } catch (error) {
        if (Date.now() > deadline) throw error;
        await this.page.keyboard.press('Escape');
      }
    }
  }

  /** Opens the list of quick fixes at a text until it has an entry; a code lens that moves the line can close it. */
  async quickFixes(at: Locator, label: string): Promise<void> {
    const deadline = Date.now() + 2 * WAIT_MS;
    for (;;) {
      await at.click();
      await this.page.keyboard.press('Control+.');
      try {
        return await this.page
          .locator('.action-widget')
          .getByText(label)
          .first()
          .waitFor({ timeout: TRY_MS });
      } catch (error) {
        if (Date.now() > deadline) throw error;
        await this.page.keyboard.press('Escape');
      }
    }
  }

  /** Answers an open input box; one that is just taking over from the last question is still emptied. */
  async answer(text: string): Promise<void> {
    const input = this.page.locator(`${QUICK_INPUT} input`).last();
    do {
      await input.fill(text);
      await delay(200);
    } while ((await input.inputValue()) !== text);
    await input.press('Enter');
  }

  /** Clicks a button of the open modal dialog. */
  async dialog(button: string): Promise<void> {
    await this.page.locator(SELECTORS.dialog).getByRole('button', { name: button }).click();
  }

  /** Shows a view container of the activity bar by its title. */
  async show(title: string): Promise<void> {
    const tab = this.page.locator('.part.activitybar').getByRole('tab', { name: title });
    await tab.waitFor();
    if ((await tab.getAttribute('aria-selected')) !== 'true') await tab.click();
  }

  /** A row of the sidebar's trees by its label; descriptions name nodes and steps too. */
  row(label: string): Locator {
    const name = this.page.locator('.label-name').filter({ hasText: label });
    return this.page.locator('.part.sidebar .monaco-list-row').filter({ has: name }).first();
  }

  /** Opens a row of the sidebar's trees, or closes it: a click on the row itself opens its document. */
  async expand(label: string, isOpen = true): Promise<void> {
    const row = this.row(label);
    await row.waitFor();
    if ((await row.getAttribute('aria-expanded')) !== String(isOpen))
      await row.locator('.monaco-tl-twistie').click();
  }

  /** A code lens by its text. */
  lens(text: string): Locator {
    return this.page.locator('.part.editor .codelens-decoration a').filter({ hasText: text }).first();
  }

  /** The document inside the visible webview. */
  webview(): FrameLocator {
    return this.page.frameLocator('iframe.webview.ready').frameLocator('#active-frame');
  }

  /** Waits until a text is visible in a part of the workbench; a failure shows the text there instead. */
  async waitForText(place: Place, text: string, timeoutMs = WAIT_MS): Promise<void> {
    const deadline = Date.now() + timeoutMs;
    for (;;) {
      const seen = await this.text(place);
      if (seen.includes(text)) return;
      if (Date.now() > deadline) throw new Error(`'${text}' is not in the ${place}, which shows:\n${seen}`);
      await delay(200);
    }
  }

  /** The visible text of a part; empty while the part is not shown. */
  async text(place: Place): Promise<string> {
    const parts = await this.page.locator(SELECTORS[place]).allInnerTexts();
    // The editor renders blanks as no-break spaces and wraps text in bidi marks.
    return parts
      .join('\n')
      .replaceAll('\u00a0', ' ')
      .replace(/[\u200b-\u200f]/g, '');
  }

  /** Writes `test-results/ui/<name>.<language>.png` once the window no longer changes; returns the path. */
  async screenshot(name: string): Promise<string> {
    await mkdir(SCREENSHOTS, { recursive: true });
    const path = join(SCREENSHOTS, `${name}.${this.language}.png`);
    await this.page.mouse.move(1399, 450);
    await this.page.evaluate('document.fonts.ready.then(() => true)');
    await delay(500);
    await this.page.screenshot({ path });
    return path;
  }

  /** Closes the chat view and other views of the secondary sidebar, if they are shown. */
  async closeAuxiliaryBar(): Promise<void> {
    if (await this.page.locator('.part.auxiliarybar').isVisible())
      await this.palette('View: Hide Secondary Side Bar');
  }
}
