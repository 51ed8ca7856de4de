import assert from 'node:assert/strict';
import { createRegion } from '../../../src/cli/terminal/region.ts';
import { fakeOut } from '../fake-io.ts';
import { createScreen } from '../screen.ts';

/** A region, and the screen on which it is drawn. */
function setup(columns: number) {
  const out = fakeOut(true, columns);
  const screen = createScreen(columns);
  let read = 0;
  const region = createRegion(out);
  const shown = (): string[] => {
    screen.write(out.text().slice(read));
    read = out.text().length;
    return screen.lines();
  };
  return { out, screen, region, shown };
}

describe('The region at the bottom of a terminal', () => {
  it('is redrawn in place while lines scroll above it', () => {
    const { region, shown } = setup(40);
    region.show([], ['a 10%', 'b 20%']);
    assert.deepEqual(shown(), ['a 10%', 'b 20%']);
    region.show(['a │ one', 'b │ two'], ['a 9%', 'b 30%']);
    assert.deepEqual(shown(), ['a │ one', 'b │ two', 'a 9%', 'b 30%']);
    region.show([], ['a done']);
    assert.deepEqual(shown(), ['a │ one', 'b │ two', 'a done']);
    region.clear();
    assert.deepEqual(shown(), ['a │ one', 'b │ two']);
  });

  it('leaves no remains when the terminal becomes narrower', () => {
    const { out, screen, region, shown } = setup(40);
    region.show(['above'], ['x'.repeat(39), 'y'.repeat(39)]);
    shown();
    out.resize(20);
    screen.reflow(20);
    region.show([], ['x', 'y']);
    assert.deepEqual(shown(), ['above', 'x', 'y']);
  });

  it('hides the cursor while it is displayed, and then restores it', () => {
    const { out, region } = setup(40);
    region.clear();
    assert.equal(out.text(), '');
    region.show([], ['a']);
    region.show([], ['b']);
    region.clear();
    assert.equal(out.text().split('\x1b[?25l').length, 2);
    assert.ok(out.text().endsWith('\x1b[?25h'));
  });
});
