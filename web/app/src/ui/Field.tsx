// Form fields: label, control, hint, error. The error is the server's, worded, or the browser's
// own check in our words.

import { type FormEvent, type ReactNode, useId, useMemo } from 'react';
import {
  Checkbox as AriaCheckbox,
  Form as AriaForm,
  NumberField as AriaNumberField,
  Switch as AriaSwitch,
  TextField as AriaTextField,
  type CheckboxProps,
  FieldError,
  Group,
  Input,
  Label,
  type NumberFieldProps,
  type SwitchProps,
  Text,
  type TextFieldProps,
  type ValidationResult,
} from 'react-aria-components';
import { useTranslations } from 'use-intl';
import { useProblemWords } from '../words/problem';
import { classes } from './classes';
import { Icon } from './Icon';

const LABEL = 'text-sm font-medium';
const HINT = 'text-sm text-muted';
const BOX = classes(
  'min-h-10 w-full rounded-lg bg-surface px-3 text-ink ring-1 ring-inset ring-edge',
  'outline-offset-0 focus:outline-2 focus:outline-accent data-[invalid]:ring-bad',
);

/** A form whose fields show what the server said about them, by `pointer`. */
export function Form({
  problem,
  onSend,
  children,
  className,
  label,
}: {
  problem?: unknown;
  onSend: (data: FormData) => void;
  children: ReactNode;
  className?: string;
  label?: string;
}) {
  const words = useProblemWords();
  // React Aria shows the errors again whenever this object is another one.
  const errors = useMemo(() => words.fields(problem), [words, problem]);
  const send = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    onSend(new FormData(event.currentTarget));
  };
  return (
    <AriaForm
      {...(label ? { 'aria-label': label } : {})}
      className={classes('grid gap-4', className)}
      validationErrors={errors}
      onSubmit={send}
    >
      {children}
    </AriaForm>
  );
}

/**
 * React Aria takes an error back when its field is left. Its line then vanishes under a pointer
 * that is just pressing the button below, and the press is lost; so it is taken back while typing.
 */
function judgeAgain({ currentTarget }: FormEvent<HTMLInputElement>): void {
  if (currentTarget.getAttribute('aria-invalid') === 'true') {
    currentTarget.dispatchEvent(new Event('change', { bubbles: true }));
  }
}

function Wrong() {
  const t = useTranslations('problem');
  const word = ({ validationDetails, validationErrors }: ValidationResult): string => {
    if (validationDetails.valueMissing) return t('required');
    if (validationDetails.typeMismatch || validationDetails.patternMismatch) return t('malformed');
    if (validationDetails.tooShort) return t('too_short_here');
    return validationErrors.join(' ');
  };
  return <FieldError className="text-sm font-medium text-bad">{word}</FieldError>;
}

interface Words {
  label: string;
  hint?: ReactNode;
}

export function TextField({
  label,
  hint,
  className,
  placeholder,
  suggestions,
  ...rest
}: TextFieldProps &
  Words & {
    className?: string;
    placeholder?: string;
    /** Offered while typing, as the browser does; anything else may be typed too. */
    suggestions?: string[];
  }) {
  const list = useId();
  return (
    <AriaTextField
      {...rest}
      onInput={judgeAgain}
      className={classes('grid content-start gap-1.5', className)}
    >
      <Label className={LABEL}>{label}</Label>
      <Input className={BOX} placeholder={placeholder} {...(suggestions ? { list } : {})} />
      {suggestions && (
        <datalist id={list}>
          {suggestions.map((each) => (
            <option key={each} value={each} />
          ))}
        </datalist>
      )}
      {hint && (
        <Text slot="description" className={HINT}>
          {hint}
        </Text>
      )}
      <Wrong />
    </AriaTextField>
  );
}

export function NumberField({
  label,
  hint,
  unit,
  className,
  ...rest
}: NumberFieldProps & Words & { unit?: string; className?: string }) {
  return (
    <AriaNumberField {...rest} className={classes('grid content-start gap-1.5', className)}>
      <Label className={LABEL}>{label}</Label>
      <Group className="flex items-center gap-2">
        <Input className={classes(BOX, 'figures max-w-28')} />
        {unit && <span className="text-sm whitespace-nowrap text-muted">{unit}</span>}
      </Group>
      {hint && (
        <Text slot="description" className={HINT}>
          {hint}
        </Text>
      )}
      <Wrong />
    </AriaNumberField>
  );
}

/** The browser's own list of choices: it is right on every device and for every reader. */
export function Choice<Value extends string>({
  label,
  hint,
  name,
  options,
  value,
  initial,
  onChange,
  className,
  compact,
}: Words & {
  name?: string;
  options: { value: Value; label: string }[];
  value?: Value;
  initial?: Value;
  onChange?: (value: Value) => void;
  className?: string;
  compact?: boolean;
}) {
  const id = useId();
  return (
    <div className={classes('grid content-start gap-1.5', className)}>
      <label htmlFor={id} className={compact ? 'text-xs text-muted' : LABEL}>
        {label}
      </label>
      <div className="relative">
        <select
          id={id}
          name={name}
          {...(value === undefined ? { defaultValue: initial } : { value })}
          onChange={(event) => onChange?.(event.target.value as Value)}
          aria-describedby={hint ? `${id}-hint` : undefined}
          className={classes(BOX, 'appearance-none truncate pr-9')}
        >
          {options.map((option) => (
            <option key={option.value} value={option.value}>
              {option.label}
            </option>
          ))}
        </select>
        <Icon
          name="down"
          className="pointer-events-none absolute top-1/2 right-2.5 size-4 -translate-y-1/2 text-muted"
        />
      </div>
      {hint && (
        <p id={`${id}-hint`} className={HINT}>
          {hint}
        </p>
      )}
    </div>
  );
}

export function Switch({ label, ...rest }: Omit<SwitchProps, 'children'> & { label: string }) {
  return (
    <AriaSwitch {...rest} className="group flex min-h-10 cursor-pointer items-center gap-3">
      <span
        className={classes(
          'flex h-6 w-10 shrink-0 items-center rounded-full bg-off p-0.5 transition-colors',
          'group-data-[selected]:bg-accent group-data-[focus-visible]:outline-2',
          'group-data-[focus-visible]:outline-offset-2 group-data-[focus-visible]:outline-accent',
        )}
      >
        <span className="size-5 rounded-full bg-surface transition-transform group-data-[selected]:translate-x-4" />
      </span>
      <span className={LABEL}>{label}</span>
    </AriaSwitch>
  );
}

/** A box to tick in a list or a table; its name is for readers only. */
export function Tick({ label, ...rest }: Omit<CheckboxProps, 'children'> & { label: string }) {
  return (
    <AriaCheckbox
      {...rest}
      aria-label={label}
      className="group grid size-7 cursor-pointer place-items-center rounded-md"
    >
      {({ isSelected, isIndeterminate }) => (
        <span
          className={classes(
            'grid size-5 place-items-center rounded ring-1 ring-inset ring-edge',
            'group-data-[focus-visible]:outline-2 group-data-[focus-visible]:outline-offset-2',
            'group-data-[focus-visible]:outline-accent',
            (isSelected || isIndeterminate) && 'bg-accent text-on-accent ring-accent',
          )}
        >
          {isSelected && !isIndeterminate && <Icon name="done" className="size-4" />}
          {isIndeterminate && <span className="h-0.5 w-2.5 bg-current" />}
        </span>
      )}
    </AriaCheckbox>
  );
}

/** A box to tick with its word beside it. */
export function Check({ label, ...rest }: Omit<CheckboxProps, 'children'> & { label: string }) {
  return (
    <AriaCheckbox {...rest} className="group flex min-h-8 cursor-pointer items-center gap-2.5">
      {({ isSelected }) => (
        <>
          <span
            className={classes(
              'grid size-5 shrink-0 place-items-center rounded ring-1 ring-inset ring-edge',
              'group-data-[focus-visible]:outline-2 group-data-[focus-visible]:outline-offset-2',
              'group-data-[focus-visible]:outline-accent',
              isSelected && 'bg-accent text-on-accent ring-accent',
            )}
          >
            {isSelected && <Icon name="done" className="size-4" />}
          </span>
          <span className="min-w-0 break-words">{label}</span>
        </>
      )}
    </AriaCheckbox>
  );
}

/** What went wrong with the whole form, when no field can say it. */
export function FormProblem({ problem }: { problem: unknown }) {
  const words = useProblemWords();
  if (!problem || Object.keys(words.fields(problem)).length > 0) return null;
  return (
    <p role="alert" className="rounded-lg bg-bad-soft px-3 py-2 text-sm font-medium text-bad">
      {words.of(problem)}
    </p>
  );
}
