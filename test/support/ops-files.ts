// What is in the files of ops/: the alerts with their expressions and runbooks, the panels of the dashboard with their queries.
import { readFileSync } from 'node:fs';

export const opsFolder = new URL('../../ops/', import.meta.url);

const read = (name: string) => readFileSync(new URL(name, opsFolder), 'utf8');

export interface Alert {
  readonly name: string;
  readonly expression: string;
  /** The anchor of its part of docs/operations.md. */
  readonly anchor: string;
}

/** The alerts of ops/alerts.yml, by the form in which it is written. */
export function alerts(): readonly Alert[] {
  const [, ...blocks] = read('alerts.yml').split('      - alert: ');
  return blocks.map((block) => {
    const [, name = '', expression = ''] = /^(\w+)\n {8}expr: \|\n((?: {10}.*\n)+)/.exec(block) ?? [];
    const [, anchor = ''] = /runbook: docs\/operations\.md#(\S+)/.exec(block) ?? [];
    return { name, expression, anchor };
  });
}

interface Panel {
  readonly title: string;
  readonly type: string;
  readonly targets?: readonly { readonly expr: string }[];
}

/** The queries of the dashboard, with values in place of Grafana's variables. */
export function dashboardQueries(): readonly { readonly title: string; readonly expression: string }[] {
  const { panels } = JSON.parse(read('grafana-dashboard.json')) as { readonly panels: readonly Panel[] };
  return panels.flatMap(({ title, targets = [] }) =>
    targets.map(({ expr }) => ({
      title,
      expression: expr.replaceAll('$__rate_interval', '5m').replaceAll('$instance', '.*'),
    })),
  );
}

/** The names of metrics in an expression, without the suffixes of a histogram's series. */
export function metricsIn(expression: string): readonly string[] {
  const names = expression.match(/\b(?:hms|nodejs|process)_\w+/g) ?? [];
  return names.map((name) => name.replace(/_(?:bucket|sum|count)$/, ''));
}

/** The labels by which an expression selects or groups. */
export function labelsIn(expression: string): readonly string[] {
  const selected = [...expression.matchAll(/[{,]\s*(\w+)\s*(?:=~|!=|!~|=)/g)].map(([, name]) => name ?? '');
  const grouped = [...expression.matchAll(/\bby \(([^)]*)\)/g)].flatMap(([, names = '']) =>
    names.split(/,\s*/),
  );
  return [...selected, ...grouped];
}
