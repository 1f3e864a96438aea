import { expect, it } from 'vitest';
import { benchFolders } from '../../bench/folders.ts';
import { foldersReport } from '../../bench/report.ts';

/** Far too small to say how fast anything is: what is held here is that the benchmark runs and counts right. */
it('[CG13] the benchmark edits conversation groups with one message each, and the other device hears', async () => {
  const results = await benchFolders({
    engines: ['sqlite'],
    conversations: 40,
    conversationGroups: 4,
    messages: 50,
  });
  for (const { conversations, editMessages, eventBytes } of results) {
    expect(conversations).toBe(40);
    expect(editMessages).toBeLessThan(1.2);
    expect(eventBytes).toBeLessThan(1_000);
  }
  expect(foldersReport(results, 'folders')).toContain('heap MB');
});
