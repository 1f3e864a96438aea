import { groupCounterStories } from './group-counters-suite.ts';

groupCounterStories({ name: 'Node' });
