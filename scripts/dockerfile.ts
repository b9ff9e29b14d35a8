// Reads a Dockerfile and a .dockerignore. It supports only the instructions that the files of this project use.
import { readFileSync } from 'node:fs';

/** An instruction: its name, such as `COPY`, and the text behind it. */
export interface Instruction {
  readonly name: string;
  readonly text: string;
}

/** A stage: from one `FROM` to the next. */
export interface Stage {
  /** The name behind `AS`; null: it has none. */
  readonly name: string | null;
  /** The image, with the values of `ARG`s in it. */
  readonly image: string;
  readonly instructions: readonly Instruction[];
}

/** The instructions that this file supports. */
const KNOWN = new Set([
  'ARG',
  'CMD',
  'COPY',
  'ENV',
  'EXPOSE',
  'FROM',
  'HEALTHCHECK',
  'RUN',
  'USER',
  'WORKDIR',
]);

/** Reads the stages of a Dockerfile. Throws for an instruction that is not supported. */
export function readDockerfile(path: string): readonly Stage[] {
  const stages: { name: string | null; image: string; instructions: Instruction[] }[] = [];
  const values = new Map<string, string>();
  for (const { name, text } of instructionsOf(readFileSync(path, 'utf8'))) {
    if (!KNOWN.has(name)) throw new Error(`${path}: ${name} is not supported`);
    if (name === 'ARG') {
      const [variable = '', value = ''] = text.split('=');
      values.set(variable, value);
    } else if (name === 'FROM') {
      const [image = '', stage] = text.split(/\s+AS\s+/i);
      const filled = image.replaceAll(
        /\$\{(\w+)\}/g,
        (_match, variable: string) => values.get(variable) ?? '',
      );
      stages.push({ name: stage ?? null, image: filled, instructions: [] });
    } else stages.at(-1)?.instructions.push({ name, text });
  }
  return stages;
}

function instructionsOf(text: string): readonly Instruction[] {
  return text
    .replaceAll(/^\s*#.*\n/gm, '')
    .replaceAll(/\\\n/g, ' ')
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => {
      const [, name = '', rest = ''] = /^\s*(\S+)\s+(.*)$/.exec(line) ?? [];
      return { name: name.toUpperCase(), text: rest.trim() };
    });
}

/** The paths in the context of a build: those behind `!`, because .dockerignore excludes everything else. */
export function readContext(path: string): ReadonlySet<string> {
  const lines = readFileSync(path, 'utf8')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'));
  if (lines[0] !== '*') throw new Error(`${path}: the first line must be \`*\``);
  return new Set(lines.slice(1).map((line) => line.replace(/^!/, '')));
}
