// Writes an indicator: a formula or a stock plugin, from which day on, and what it would come to.

import { useEffect, useState } from 'react';
import { useTranslations } from 'use-intl';
import {
  type Better,
  type Indicator,
  type Indicators,
  type Rule,
  useAddIndicator,
  useChangeIndicator,
  useFormulaCheck,
  usePreview,
} from '../../api/indicators';
import { Button } from '../../ui/Button';
import { Choice, Form, FormProblem, NumberField, TextField } from '../../ui/Field';
import { Failed, Panel, Waiting } from '../../ui/Panel';
import { useUndoable } from '../../ui/undo';
import { useLanguage } from '../../words/language';
import { SettingFields, settingsOf } from '../plugins/SettingFields';
import { FormulaField } from './FormulaField';
import { Preview } from './Preview';

/** Nobody reads a mistake in a word that is not written yet. */
const PAUSE_MS = 350;

const FORMULA = 'formula';

function useSettled<T>(value: T): T {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [value]);
  return settled;
}

export function Editor({
  known,
  listed,
  onDone,
}: {
  known: Indicator | null;
  listed: Indicators;
  onDone: () => void;
}) {
  const t = useTranslations('indicators');
  const { language } = useLanguage();
  const undoable = useUndoable();
  const newest = known?.versions.at(-1);
  const [name, setName] = useState(known?.name ?? '');
  const [source, setSource] = useState(newest?.plugin ?? FORMULA);
  const [formula, setFormula] = useState(newest?.formula ?? '');
  const [better, setBetter] = useState<Better>(newest?.better ?? 'more');
  const [least, setLeast] = useState(newest?.sample_min ?? 10);
  const add = useAddIndicator();
  const change = useChangeIndicator(known?.id ?? 0);
  const stock = listed.stock.find((each) => each.card.name === source);
  const settledFormula = useSettled(formula);
  const settledLeast = useSettled(least);
  const check = useFormulaCheck(source === FORMULA ? settledFormula : '', name, language);
  // The last formula that could be read is what is tried: it stays while the next is written.
  const [readable, setReadable] = useState('');
  const isChecked = formula === settledFormula && !check.isPlaceholderData;
  const isRead = isChecked && check.data !== undefined && !check.data.mistake;
  useEffect(() => {
    if (isRead) setReadable(settledFormula);
  }, [isRead, settledFormula]);
  const reads = source !== FORMULA || readable !== '';
  const by = source === FORMULA ? { formula: readable } : { plugin: source };
  const preview = usePreview(
    reads
      ? {
          ...by,
          name: known?.name ?? '',
          replaces: known?.id ?? null,
          title: '',
          better,
          sample_min: settledLeast,
          language,
        }
      : null,
  );
  const problem = known ? change.error : add.error;
  const send = (data: FormData) => {
    const title = String(data.get('title') ?? '');
    const rule: Rule & { from_day: string } = {
      ...(source === FORMULA
        ? { formula }
        : { plugin: source, settings: settingsOf(stock?.card, data) }),
      title,
      better,
      sample_min: least,
      language,
      from_day: String(data.get('from_day') ?? ''),
    };
    const done = {
      onSuccess: () => {
        onDone();
        void undoable(t('saved', { title }));
      },
    };
    if (known) change.mutate(rule, done);
    else add.mutate({ ...rule, name }, done);
  };
  return (
    <div className="grid items-start gap-6 xl:grid-cols-2">
      <Panel title={known ? t('change', { title: newest?.title ?? '' }) : t('new')}>
        <Form problem={problem} onSend={send} label={t('form')}>
          <TextField
            name="title"
            label={t('title_field')}
            defaultValue={newest?.title ?? ''}
            isRequired
          />
          {!known && (
            <TextField
              name="name"
              label={t('name')}
              hint={t('name_hint')}
              value={name}
              onChange={setName}
              isRequired
            />
          )}
          <Choice
            label={t('source')}
            hint={stock?.card.summary}
            value={source}
            onChange={setSource}
            options={[
              { value: FORMULA, label: t('by_formula') },
              ...listed.stock.map(({ card }) => ({ value: card.name, label: card.name })),
            ]}
          />
          {source === FORMULA ? (
            <FormulaField
              value={formula}
              onChange={setFormula}
              words={listed.words}
              checked={isChecked ? check.data : undefined}
            />
          ) : (
            stock && <SettingFields card={stock.card} settings={newest?.settings ?? {}} />
          )}
          {source === FORMULA && (
            <Choice
              label={t('better')}
              value={better}
              onChange={setBetter}
              options={[
                { value: 'more', label: t('more') },
                { value: 'less', label: t('less') },
              ]}
            />
          )}
          <NumberField
            name="sample_min"
            label={t('least')}
            hint={t('least_hint')}
            value={least}
            onChange={(value) => setLeast(Number.isNaN(value) ? 0 : value)}
            minValue={0}
          />
          <TextField
            name="from_day"
            type="date"
            label={t('from_day')}
            hint={known ? t('change_hint') : t('from_hint')}
            defaultValue={listed.today}
            isRequired
          />
          <FormProblem problem={problem} />
          <div className="flex flex-wrap gap-2">
            <Button type="submit" look="main" isPending={add.isPending || change.isPending}>
              {t('save')}
            </Button>
            <Button onPress={onDone}>{t('cancel')}</Button>
          </div>
        </Form>
      </Panel>
      <Panel title={t('preview')}>
        {!reads && <p className="text-sm text-muted">{t('preview_hint')}</p>}
        {reads && preview.isPending && <Waiting />}
        {reads && preview.isError && (
          <Failed problem={preview.error} retry={() => preview.refetch()} />
        )}
        {reads && preview.data && <Preview previewed={preview.data} />}
      </Panel>
    </div>
  );
}
