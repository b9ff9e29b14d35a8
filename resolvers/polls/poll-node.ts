// The Node `Poll`.
import { getPoll } from '../../src/rest/polls/polls.ts';
import { resourceLoader } from '../loaders.ts';
import { hexNode } from '../node.ts';

export const pollNode = hexNode(resourceLoader(getPoll));
