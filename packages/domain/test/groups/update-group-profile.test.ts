import { updateGroupProfile } from '@muster/domain';
import type { UpdateGroupProfileInput } from '@muster/protocol';
import { describe, expect, it } from 'vitest';
import { administrator, by, LIMITS, Town, townWith } from './group-town.ts';

const update = (town: Town, userID: string, input: Partial<UpdateGroupProfileInput>, other = {}) =>
  town.run((state) =>
    updateGroupProfile(state, { ...by(userID, other), limits: LIMITS }, { groupID: 'g', ...input }),
  );

describe("changing a group's profile", () => {
  it('[GR2] replaces what is given and tells the group', () => {
    const town = townWith({ type: 'Public', introduction: 'old' });
    const given = {
      name: 'new',
      notification: 'read this',
      joinOption: 'FreeAccess',
      maxMemberNum: 5,
    } as const;
    const profile = {
      name: 'new',
      notification: 'read this',
      joinOption: 'FreeAccess',
      maxMemberCount: 5,
      introduction: 'old',
    };
    expect(update(town, 'adam', given)).toMatchObject({
      reply: { group: { seq: 1, profile, selfInfo: { role: 'Admin' } } },
    });
    expect(town.events).toMatchObject([
      { scope: 'group:g', event: { name: 'groupProfileUpdated', profile } },
    ]);
  });

  it('[GR2] replaces custom fields by their keys', () => {
    const town = townWith({
      groupCustomField: [
        { key: 'a', value: '1' },
        { key: 'b', value: '2' },
      ],
    });
    update(town, 'alice', {
      groupCustomField: [
        { key: 'b', value: '3' },
        { key: '__proto__', value: '4' },
      ],
    });
    expect(town.group?.groupCustomField.map(({ key, value }) => key + value)).toEqual([
      'a1',
      'b3',
      '__proto__4',
    ]);
    const many = Array.from({ length: 8 }, (_, index) => ({ key: `k${index}`, value: '' }));
    expect(update(town, 'alice', { groupCustomField: many })).toMatchObject({ error: 'BAD_ARGUMENT_VALUE' });
  });

  it('[GR2] tells nobody when nothing differs', () => {
    expect(update(townWith(), 'alice', { name: 'A group' })).toMatchObject({ changes: {}, events: [] });
  });

  it('[GR1] owner, admins and administrators may, in a Work group every member', () => {
    expect(update(townWith(), 'alice', { name: 'x' }).ok).toBe(true);
    expect(update(townWith(), 'eve', { name: 'x' })).toMatchObject({ error: 'NOT_PERMITTED' });
    for (const type of ['Public', 'Meeting', 'Community', 'AVChatRoom'] as const) {
      expect(update(townWith({ type }), 'olivia', { name: 'x' }).ok).toBe(true);
      expect(update(townWith({ type }), 'administrator', { name: 'x' }, administrator).ok).toBe(true);
      expect(update(townWith({ type }), 'alice', { name: 'x' })).toMatchObject({ error: 'NOT_PERMITTED' });
    }
  });

  it('[GR1] refuses an option that the type decides, but not its own value', () => {
    const meeting = townWith({ type: 'Meeting' });
    expect(update(meeting, 'olivia', { joinOption: 'NeedPermission' })).toMatchObject({
      error: 'BAD_ARGUMENT_VALUE',
    });
    expect(update(meeting, 'olivia', { joinOption: 'FreeAccess' }).ok).toBe(true);
    const room = townWith({ type: 'AVChatRoom' });
    expect(update(room, 'olivia', { inviteOption: 'FreeAccess' })).toMatchObject({
      error: 'BAD_ARGUMENT_VALUE',
    });
    expect(update(room, 'olivia', { maxMemberNum: 5 })).toMatchObject({ changes: {} });
  });

  it('[GR2] refuses bad values by name, after the right to change at all', () => {
    for (const [argument, input] of Object.entries({
      name: { name: 'x'.repeat(31) },
      avatar: { avatar: '\udfff' },
      maxMemberNum: { maxMemberNum: 7 },
    })) {
      const message = expect.stringContaining(argument);
      expect(update(townWith(), 'alice', input)).toMatchObject({ error: 'BAD_ARGUMENT_VALUE', message });
      expect(update(townWith(), 'eve', input)).toMatchObject({ error: 'NOT_PERMITTED' });
      expect(update(new Town(), 'eve', input)).toMatchObject({ error: 'GROUP_NOT_FOUND' });
    }
  });
});
