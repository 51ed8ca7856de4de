import { createExplainer, type Explained } from '../../yum/explain/explain.ts';
import { type Explanation, hitsAmongScriptlets, hitsOf } from '../../yum/explain/match.ts';
import { createYumParser } from '../../yum/parser.ts';
import { createSummarizer, type YumSummary } from '../../yum/summarize.ts';
import { headMark, sectionMark } from './log-head.ts';
import { createOutlineReader, type LogOutline, type Mark, type Section } from './outline.ts';

/** The output of one step: the whole document, or the lines below the title of a step in the log of a node. */
export interface LogPart extends Explained {
  /** The first row of the output. */
  readonly first: number;
  readonly title?: string;
  readonly outline: LogOutline;
  readonly summary: YumSummary;
}

/** What is known about a displayed log. */
export interface LogView {
  readonly sections: readonly Section[];
  readonly marks: readonly Mark[];
  readonly parts: readonly LogPart[];
  /** Number of rows above the output. */
  readonly headRows: number;
}

/** A displayed log that may grow: only added text is parsed. */
export interface LogDocument {
  /** The current text of the document. */
  read(text: string): LogView;
}

interface Reading {
  /** Takes lines with their line ends. */
  readonly push: (text: string) => void;
  readonly view: () => LogPart;
}

function beginPart(first: number, title?: string): Reading {
  const parser = createYumParser();
  const outline = createOutlineReader();
  const summarizer = createSummarizer();
  const explainer = createExplainer();
  return {
    push: (text) => {
      for (const event of parser.push(text)) {
        outline.add({ ...event, row: event.row + first });
        summarizer.add(event);
        explainer.add(event);
      }
    },
    view: () => {
      const summary = summarizer.finish();
      const found = { first, ...(title === undefined ? {} : { title }) };
      return { ...found, outline: outline.outline(), summary, ...explainer.find(summary) };
    },
  };
}

/** A titled part as a section with those of its output. */
function sectionsOf({ first, title, outline }: LogPart, next: number): readonly Section[] {
  if (title === undefined) return outline.sections;
  const children = [...outline.sections];
  return [{ kind: 'log', name: title, first: first - 1, last: next - 1, children, count: 0, isRuled: false }];
}

class Reader {
  readonly #parts: Reading[] = [];
  /** The first row of each part. */
  readonly #starts: number[] = [];
  #row = 0;
  #headRows = 0;
  #waiting = '';

  #begin(title?: string): void {
    this.#flush();
    this.#parts.push(beginPart(this.#row, title));
    this.#starts.push(this.#row);
  }

  #flush(): void {
    if (this.#waiting !== '') this.#parts.at(-1)?.push(this.#waiting);
    this.#waiting = '';
  }

  push(text: string): void {
    for (const line of text.split('\n').slice(0, -1)) {
      this.#row += 1;
      if (this.#row - 1 === this.#headRows && this.#parts.length === 0 && line.startsWith(headMark))
        this.#headRows += 1;
      else if (line.startsWith(sectionMark)) this.#begin(line.slice(sectionMark.length));
      else {
        if (this.#parts.length === 0) this.#beginOutput(line);
        this.#waiting += `${line}\n`;
      }
    }
    this.#flush();
  }

  /** The blank line below the head is not part of the output. */
  #beginOutput(line: string): void {
    this.#row -= 1;
    if (this.#headRows > 0 && line === '') this.#headRows += 1;
    this.#begin();
    this.#row += 1;
  }

  view(): LogView {
    const parts = this.#parts.map((part) => part.view());
    return {
      parts,
      headRows: this.#headRows,
      sections: parts.flatMap((part, at) => sectionsOf(part, (this.#starts[at + 1] ?? this.#row + 1) - 1)),
      marks: parts.flatMap(({ outline }) => outline.marks),
    };
  }
}

export function createLogDocument(): LogDocument {
  let reader = new Reader();
  let known = '';
  return {
    read(text) {
      // An incomplete line may still change; the writer terminates every line.
      const whole = text.slice(0, text.lastIndexOf('\n') + 1);
      if (!whole.startsWith(known)) {
        reader = new Reader();
        known = '';
      }
      reader.push(whole.slice(known.length));
      known = whole;
      return reader.view();
    },
  };
}

/** The part of a log that a row is in; undefined above the first one. */
export function partAt({ parts }: Pick<LogView, 'parts'>, row: number): LogPart | undefined {
  return parts.findLast(({ first }) => first <= row);
}

/** The explanation of a line: that of its part if it is about this line or the main error, else that of the line alone. */
export function explainLine(
  { explanation, notes, summary }: Pick<LogPart, 'explanation' | 'notes' | 'summary'>,
  line: string,
): Explanation | undefined {
  if (explanation && line === summary.mainError) return explanation;
  const found = [...(explanation ? [explanation] : []), ...notes].find((each) => each.line === line);
  return found ?? hitsOf(line)[0]?.explanation ?? hitsAmongScriptlets(line)[0]?.explanation;
}

/** The row of the main error between two rows; undefined if there is none. */
export function mainErrorRow(view: LogView, first: number, last: number): number | undefined {
  const part = partAt(view, last);
  const line = part?.explanation?.line ?? part?.summary.mainError;
  const marks = view.marks.filter(({ row }) => row >= first && row <= last);
  const found =
    marks.find((mark) => mark.line === line) ?? marks.find(({ severity }) => severity === 'error');
  return found?.row;
}
