// The replay of webhooks: what causes each outcome of its mutation.
import { by, forbidden, outcomes, unknownUpstream } from '../row.ts';

outcomes({
  replayWebhooks: {
    NotFoundError: unknownUpstream,
    // The vendor's log reaches 30 days back.
    InvalidInputError: by(() => 'sentAfter: "2001-01-01T00:00:00Z"'),
    RefusedError: forbidden,
  },
});
