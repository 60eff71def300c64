// One skill with its level, typed with the company's own words at hand, for one person or many.

import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { useGiveSkill } from '../../api/plan';
import { usePeople } from '../../api/queries';
import type { Person } from '../../api/wire';
import { Button } from '../../ui/Button';
import { Form, FormProblem, NumberField, TextField } from '../../ui/Field';
import { useUndoable } from '../../ui/undo';
import { LEVEL_INITIAL, LEVEL_MAX, SKILL_NAME_MAX, skillsOf, spelled } from './skills';

export function SkillForm({
  people,
  done,
  send,
  onDone,
}: {
  people: Person[];
  /** What is said when it is in force. */
  done: (name: string, level: number) => string;
  send: string;
  onDone?: () => void;
}) {
  const t = useTranslations('skills');
  const known = skillsOf(usePeople().data ?? []);
  const give = useGiveSkill();
  const undoable = useUndoable();
  const [typed, setTyped] = useState('');
  const [level, setLevel] = useState(LEVEL_INITIAL);
  const submit = () => {
    const name = spelled(typed, known);
    give.mutate(
      { people: people.map((each) => each.id), name, level },
      {
        onSuccess: () => {
          setTyped('');
          setLevel(LEVEL_INITIAL);
          void undoable(done(name, level));
          onDone?.();
        },
      },
    );
  };
  return (
    <Form problem={give.error} onSend={submit} label={send}>
      <div className="grid gap-4 sm:grid-cols-[1fr_auto]">
        <TextField
          name="name"
          label={t('name')}
          value={typed}
          onChange={setTyped}
          suggestions={known}
          maxLength={SKILL_NAME_MAX}
          autoComplete="off"
          isRequired
        />
        <NumberField
          name="level"
          label={t('level')}
          value={level}
          onChange={setLevel}
          minValue={1}
          maxValue={LEVEL_MAX}
          isRequired
        />
      </div>
      <FormProblem problem={give.error} />
      <Button type="submit" isPending={give.isPending} className="justify-self-start">
        {send}
      </Button>
    </Form>
  );
}
