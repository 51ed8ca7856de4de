import type { CellStatus } from '../view/dashboard/model.ts';

const namespace = 'http://www.w3.org/2000/svg';

/** Strokes in a square of 16: every status has its own shape, so that nothing depends on colors. */
const strokes: Readonly<Record<CellStatus | 'waits', string>> = {
  done: 'M3 8.5 6.5 12 13 4.5',
  changed: 'M3 13l.7-3L10.5 3.2 13 5.7 6.2 12.3z',
  unchanged: 'M3 8.5 6.5 12 13 4.5',
  interrupted: 'M8 3v6.5 M8 12.5v.5',
  'not-started': 'M8 4a4 4 0 1 0 .01 0z M5.5 8h5',
  undone: 'M3.5 7h6a3 3 0 0 1 0 6H6 M6.5 4 3.5 7l3 3',
  'nothing-to-undo': 'M4 8h8',
  failed: 'M4 4 12 12 M12 4 4 12',
  unreachable: 'M9 1.5 4 9h4l-1 5.5L12 7H8z',
  running: 'M5 3.5v9l7-4.5z',
  waits: 'M4.5 2.5h7 M4.5 13.5h7 M5.5 2.5v2L10.5 11.5v2 M10.5 2.5v2L5.5 11.5v2',
  blocked: 'M8 2.5a5.5 5.5 0 1 0 .01 0 M4.2 4.2l7.6 7.6',
  drifted: 'M8 2.5 14 13H2z M8 6.5v3 M8 11.2v.6',
  needed: 'M8 5.5a2.5 2.5 0 1 0 .01 0z',
  cancelled: 'M4 4h8v8H4z',
  unknown: 'M5.8 6a2.2 2.2 0 1 1 3.4 1.9C8.3 8.5 8 9 8 9.8 M8 12v.6',
  unchecked: 'M8 4a4 4 0 1 0 .01 0z',
  unavailable: 'M4 8h8',
  none: 'M6.5 8h3',
};

/** The picture of a status. */
export function glyph(): SVGSVGElement {
  const svg = document.createElementNS(namespace, 'svg');
  svg.setAttribute('viewBox', '0 0 16 16');
  svg.setAttribute('aria-hidden', 'true');
  svg.append(document.createElementNS(namespace, 'path'));
  return svg;
}

/** Shows another status in a picture. */
export function setGlyph(svg: SVGSVGElement, status: CellStatus | 'waits'): void {
  const path = svg.firstElementChild;
  if (path?.getAttribute('d') !== strokes[status]) path?.setAttribute('d', strokes[status]);
}
