// Mutations seal the shared answers that are being made, so that no further request joins them: when a mutation begins, because
// others may see its effect from then on, and when it ends.
import type { Engine } from './engine.ts';
import type { SharedAnswers } from './shared-answers.ts';

/**
 * The engine with such mutations. `afterMutation` is called when a mutation has ended, and the mutation is answered when the
 * result resolves, or at once if it is null. It must not reject.
 */
export function sealing(
  engine: Engine,
  answers: SharedAnswers,
  afterMutation?: () => Promise<void> | null,
): Engine {
  const sealed = async (args: Parameters<Engine['execute']>[0]) => {
    answers.seal();
    try {
      return await engine.execute(args);
    } finally {
      answers.seal();
      await afterMutation?.();
    }
  };
  return {
    ...engine,
    execute: (args) => (args.plan?.kind === 'mutation' ? sealed(args) : engine.execute(args)),
  };
}
