import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Page } from 'playwright-core';
import { PROJECT } from '../build.ts';
import type { Workbench } from '../workbench.ts';
import { animate, type Frame, type Size } from './webp.ts';

/** The part of the window to take, and the width of the picture. */
export interface Cut extends Size {
  readonly x: number;
  readonly y: number;
  readonly to: number;
  /** From 0 to 1. */
  readonly quality?: number;
  /** Leaves the pointer where it is, for a hover. */
  readonly keepsPointer?: boolean;
}

/** Runs in the page: draws a PNG smaller and gives it as WebP, in base64. */
const shrink = `async ({ png, width, height, quality }) => {
  const bytes = Uint8Array.from(atob(png), (letter) => letter.charCodeAt(0));
  const bitmap = await createImageBitmap(new Blob([bytes]), { resizeWidth: width, resizeHeight: height, resizeQuality: 'high' });
  const canvas = Object.assign(document.createElement('canvas'), { width, height });
  canvas.getContext('2d', { alpha: false }).drawImage(bitmap, 0, 0);
  return canvas.toDataURL('image/webp', quality).split(',')[1];
}`;

async function take(page: Page, cut: Cut): Promise<{ readonly file: Buffer; readonly size: Size }> {
  const { x, y, width, height, to, quality = 0.8 } = cut;
  const png = await page.screenshot({ clip: { x, y, width, height } });
  const size = { width: to, height: Math.round((height * to) / width) };
  const blank = await page.context().newPage();
  const call = JSON.stringify({ png: png.toString('base64'), ...size, quality });
  const base64 = String(await blank.evaluate(`(${shrink})(${call})`));
  await blank.close();
  return { file: Buffer.from(base64, 'base64'), size };
}

async function save(path: string, file: Buffer): Promise<void> {
  const whole = join(PROJECT, path);
  await mkdir(dirname(whole), { recursive: true });
  await writeFile(whole, file);
}

/** Takes pictures of a window and writes them into the project. */
export class Camera {
  readonly #page: Page;

  constructor({ page }: Workbench) {
    this.#page = page;
  }

  /** Writes a picture below the project's folder. */
  async picture(path: string, cut: Cut): Promise<void> {
    if (!cut.keepsPointer) await this.#page.mouse.move(1199, 400);
    await save(path, (await take(this.#page, cut)).file);
  }

  /** Writes an animation of the window until `isOver`, with one frame in that many milliseconds. */
  async film(
    path: string,
    cut: Cut,
    { isOver, every }: { isOver: () => Promise<boolean>; every: number },
  ): Promise<void> {
    const frames: Frame[] = [];
    let size: Size = cut;
    for (let last = false; ; ) {
      const started = Date.now();
      const shot = await take(this.#page, cut);
      size = shot.size;
      frames.push({ file: shot.file, ms: last ? 4_000 : every });
      if (last) break;
      last = await isOver();
      await this.#page.waitForTimeout(Math.max(0, every - (Date.now() - started)));
    }
    await save(path, animate(frames, size));
  }
}
