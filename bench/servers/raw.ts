/** Yardstick (a): `ws`, a request, an answer, and nothing kept. What the load and the library can do at most. */
import { answerText, joined, openBareSockets } from './bare-sockets.ts';
import { serve } from './measured-process.ts';

let groupID = '';
let value = 0;
const counts = { commits: 0, operations: 0, tooSlow: 0 };

const sockets = await openBareSockets((increases) => {
  const texts = increases.map(({ id, amount }) => {
    value += amount;
    return answerText(id, value);
  });
  increases[0]?.socket.send(joined(texts));
  counts.operations += increases.length;
  sockets.changed(groupID, value);
});

serve({
  url: sockets.url,
  counts: () => counts,
  begin: (group) => {
    groupID = group;
    value = 0;
  },
  close: () => sockets.close(),
});
