import { wireError } from '@muster/protocol';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { answerText, checksumOf, errorBody, readWireRequest } from '../../src/index.ts';

const head = { servcmd: 'group_open_http_svc.quit_group', seq: 7 };
const frame = (more: object, body: unknown = { GroupId: 'g' }): string =>
  JSON.stringify({ head: { ...head, ...more }, body });

describe('frames of the original SDK', () => {
  it('a request is read with what its head proves', () => {
    expect(readWireRequest(frame({ a2: 'key', cs: checksumOf({ GroupId: 'g' }) }))).toEqual({
      head: { ...head, a2: 'key', identifier: '', usersig: '' },
      body: { GroupId: 'g' },
      fault: undefined,
    });
  });

  it('the checksum is CRC-32 over the bytes of the JSON, unsigned', () => {
    expect(checksumOf({})).toBe(2_745_614_147);
    expect(checksumOf({ Name: 'ü' })).toBe(1_309_091_950);
  });

  it('[SE2] a wrong checksum and a body that is none are faults that can be answered', () => {
    expect(readWireRequest(frame({ cs: 5 }))?.fault).toContain('checksum');
    expect(readWireRequest(frame({}, [1]))?.fault).toContain('body');
    expect(readWireRequest(frame({ cs: 0 }))?.fault).toBeUndefined();
  });

  it.each([
    '',
    '[]',
    '{}',
    '{"head":{}}',
    '{"head":{"servcmd":"a.b","seq":-1}}',
    '{"head":{"servcmd":1,"seq":1}}',
  ])('[SE2] %s can be answered to nobody', (text) => expect(readWireRequest(text)).toBeUndefined());

  it('[SE2] reading is total over all texts and all frames', () => {
    fc.assert(fc.property(fc.string(), (text) => void readWireRequest(text)));
    const anyFrame = fc.record({ head: fc.object(), body: fc.anything() });
    fc.assert(
      fc.property(anyFrame, (value) => {
        const text = JSON.stringify(value, (_key, one) => (typeof one === 'bigint' ? String(one) : one));
        void readWireRequest(text);
      }),
    );
  });

  it('an answer echoes command and number, and a refusal its code', () => {
    expect(JSON.parse(answerText(head, { GroupId: 'g' }))).toEqual({
      head,
      body: { ActionStatus: 'OK', ErrorCode: 0, ErrorInfo: '', GroupId: 'g' },
    });
    expect(JSON.parse(answerText(head, errorBody(wireError('GROUP_NOT_FOUND', 'none')))).body).toEqual({
      ActionStatus: 'FAIL',
      ErrorCode: 10_010,
      ErrorInfo: 'none',
    });
  });
});
