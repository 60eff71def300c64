/*
 * What a routing policy in C must know of ladus:routing@1.3.0: everything there is, and nothing else
 * is needed. The world itself, with more words, is sdk/wit/routing/v1/routing.wit.
 *
 * Include this in the one file of the policy. There is no libc: a policy is compiled freestanding for
 * a machine without a system (`ladus plugin build` does it, and README.md has the command).
 *
 * How values are laid out in memory (the Component Model calls it the canonical ABI):
 *
 *   string          where its bytes begin, and how many: UTF-8, no zero at the end
 *   list<T>         where its first element is, and how many: the elements as an array
 *   record          a struct, its fields in their order
 *   variant         one byte that says which case, counted from 0, then what the case has, at the
 *                   alignment of the largest case: a struct with a union
 *   option<T>       a variant: 0 is none, 1 is T
 *   result<T, E>    a variant: 0 is T, 1 is E
 *   enum, bool      one byte
 *
 * A pointer and a length have 32 bits here, so the structs below are these layouts exactly; the
 * assertions after them hold the compiler to it.
 *
 * What fits into one number is given and returned as one. Anything larger that a function of ours
 * returns is returned by its address. Anything larger that the host returns is written where the
 * last argument points, and the lists and strings in it are put into memory that the host has asked
 * `cabi_realloc` for.
 */
#ifndef LADUS_H
#define LADUS_H

#include <stdbool.h>
#include <stdint.h>

/* ---- Values ------------------------------------------------------------------------------- */

typedef struct { const char *at; uint32_t bytes; } ladus_string;
typedef struct { const uint8_t *at; uint32_t count; } ladus_u8s;
typedef struct { const uint32_t *at; uint32_t count; } ladus_u32s;
typedef struct { const float *at; uint32_t count; } ladus_f32s;

/* A literal as a string, where a struct is initialised. */
#define LADUS_TEXT(literal) { (literal), sizeof(literal) - 1 }

/* The value of a setting: `is` says which member holds. */
enum { LADUS_EMPTY, LADUS_NUMBER, LADUS_TOGGLE, LADUS_WORDS, LADUS_SEVERAL };
typedef struct {
    uint8_t is;
    union {
        double number;
        uint8_t toggle; /* 0 or 1 */
        ladus_string text;
        struct { const ladus_string *at; uint32_t count; } several;
    };
} ladus_value;

/* A setting as it is when a decision is taken. */
typedef struct { ladus_string id; ladus_value value; } ladus_setting;

/* ---- The card: what the plugin tells about itself ------------------------------------------ */

/* What may be entered: `is` says which member holds. A duration is a number of milliseconds; a
 * toggle, a duration and a line have no member. */
enum { LADUS_ASK_NUMBER, LADUS_ASK_DURATION, LADUS_ASK_TOGGLE, LADUS_ASK_LINE, LADUS_ASK_CHOICE,
       LADUS_ASK_PICK };
typedef struct { double least, most, step; ladus_string unit; } ladus_range;
typedef struct { ladus_string id, label; } ladus_item;
typedef struct {
    uint8_t is;
    union {
        ladus_range range;
        struct { const ladus_item *at; uint32_t count; } choice;
        ladus_string pick; /* a list of the host's: "agent", "group", "skill" */
    };
} ladus_kind;

/* One setting: under which name it comes back, what stands before and below the input, what may be
 * entered, and the value until the administrator chooses another one. */
typedef struct {
    ladus_string id, label, help;
    ladus_kind kind;
    ladus_value initial;
} ladus_field;

/* The name is in small letters with hyphens, and stands in the journal beside every decision. The
 * summary is one sentence for the administrator. */
typedef struct {
    ladus_string name, version, summary;
    struct { const ladus_field *at; uint32_t count; } fields;
} ladus_card;

/* ---- The answer ----------------------------------------------------------------------------- */

enum { LADUS_RING, LADUS_WAIT, LADUS_PASS };
typedef struct {
    uint8_t is;     /* 0: an answer. 1: an error, and the built-in order takes the decision */
    union {
        struct {
            uint8_t decision;     /* LADUS_RING, LADUS_WAIT or LADUS_PASS (no opinion) */
            uint32_t number;      /* the position to ring, or milliseconds until it asks again */
            uint8_t has_reason;
            ladus_string reason;  /* a few words, kept with the call: at most 200 characters */
        };
        ladus_string error;
    };
} ladus_answer;

_Static_assert(sizeof(ladus_string) == 8, "a pointer and a length");
_Static_assert(sizeof(ladus_value) == 16, "value");
_Static_assert(sizeof(ladus_setting) == 24, "tuple<string, value>");
_Static_assert(sizeof(ladus_kind) == 40, "kind");
_Static_assert(sizeof(ladus_field) == 80, "field");
_Static_assert(sizeof(ladus_card) == 32, "card");
_Static_assert(sizeof(ladus_answer) == 24, "result<answer, string>");

/* ---- What a policy must have: two functions ------------------------------------------------- */

#define LADUS_EXPORT(name) __attribute__((export_name(name)))

/* Tells about the plugin. Called once when it is uploaded, without any call at hand. */
LADUS_EXPORT("ladus:routing/policy@1.3.0#describe")
const ladus_card *ladus_describe(void);

/* Takes one decision: `settings` has every field of the card with its value. */
LADUS_EXPORT("ladus:routing/policy@1.3.0#decide")
const ladus_answer *ladus_decide(const ladus_setting *settings, uint32_t count);

/* After a function has returned, the host would call `cabi_post_<its name>`, if there were one, to
 * have the answer's memory freed. A policy needs none: every decision starts from a fresh instance,
 * and the memory goes with it. For the same reason a `static` is as good as memory of one's own. */

/* ---- What a policy may ask: what is called here is what the administrator sees it read -------- */

#define LADUS_IMPORT(interface, name) \
    __attribute__((import_module("ladus:routing/" interface "@1.3.0"), import_name(name)))

/* The call that looks for an agent. */
typedef struct {
    uint32_t waited_ms; /* in this group */
    int32_t priority;   /* higher goes first; 0 unless the plan says otherwise */
    uint32_t offers;    /* of this call that ended without an answer */
} ladus_caller;
LADUS_IMPORT("situation", "get-caller") void ladus_caller_is(ladus_caller *into);

/* The group the call waits in: calls waiting, this one included, and the longest wait of them. */
typedef struct { uint32_t waiting, longest_wait_ms; } ladus_queue;
LADUS_IMPORT("situation", "get-queue") void ladus_queue_is(ladus_queue *into);

/* Milliseconds since 1970 (UTC). Stands still during a decision. */
LADUS_IMPORT("situation", "now-ms") uint64_t ladus_now_ms(void);

/* The only source of chance: differs from decision to decision, and is the same on replay. */
LADUS_IMPORT("situation", "seed") uint64_t ladus_seed(void);

/* The language of the number that was dialled, for example "et", if it has one. */
typedef struct { uint8_t known; ladus_string text; } ladus_language;
LADUS_IMPORT("situation", "language") void ladus_language_is(ladus_language *into);

/* What the caller's side sent along, in the order in which it came. */
typedef struct { ladus_string name, value; } ladus_attribute;
typedef struct { const ladus_attribute *at; uint32_t count; } ladus_attributes;
LADUS_IMPORT("situation", "attributes") void ladus_attributes_are(ladus_attributes *into);

/* Since when an agent who is there last answered this caller, if there is such an agent. */
typedef struct { uint8_t known; uint32_t ms; } ladus_familiar;
LADUS_IMPORT("situation", "familiar-ms-ago") void ladus_familiar_ms_ago(ladus_familiar *into);

/* The free agents who may take the call. Each column has one number for each of them, and all
 * columns have the same order: position 0 is the agent whom the engine itself would choose. */
LADUS_IMPORT("candidates", "count") uint32_t ladus_count(void); /* at least 1 */
LADUS_IMPORT("candidates", "order") void ladus_order(ladus_u32s *into); /* 1: his main group */
LADUS_IMPORT("candidates", "idle-ms") void ladus_idle_ms(ladus_u32s *into);
LADUS_IMPORT("candidates", "handled-today") void ladus_handled_today(ladus_u32s *into);
LADUS_IMPORT("candidates", "missed-today") void ladus_missed_today(ladus_u32s *into);
LADUS_IMPORT("candidates", "occupancy") void ladus_occupancy(ladus_f32s *into); /* 0 to 1 */
LADUS_IMPORT("candidates", "delay-ms") void ladus_delay_ms(ladus_u32s *into);
LADUS_IMPORT("candidates", "talk-ms-today") void ladus_talk_ms_today(ladus_u32s *into);
/* Since he last answered this caller; 4294967295: never, or not known. */
LADUS_IMPORT("candidates", "served-ms-ago") void ladus_served_ms_ago(ladus_u32s *into);
/* How well he masters this skill, from 1 to 10; 0: not at all. */
LADUS_IMPORT("candidates", "skill-level")
void ladus_skill_level(const char *name, uint32_t bytes, ladus_u8s *into);
/* What he has achieved on the last closed day by this indicator of the company, if he has a value. */
typedef struct { uint8_t known; double figure; } ladus_figure;
typedef struct { const ladus_figure *at; uint32_t count; } ladus_figures;
LADUS_IMPORT("candidates", "last-day")
void ladus_last_day(const char *indicator, uint32_t bytes, ladus_figures *into);

/* Keeps one line with the decision, for whoever looks at it later: at most 50 of 500 characters. */
enum { LADUS_DEBUG, LADUS_INFO, LADUS_WARN };
__attribute__((import_module("ladus:base/log@1.0.0"), import_name("write")))
void ladus_log(uint32_t level, const char *text, uint32_t bytes);

/* ---- Memory --------------------------------------------------------------------------------- */

/* The first byte behind everything that the linker has placed. */
extern uint8_t __heap_base;

/* Gives the host memory for a list or a string that it hands over, and the policy for whatever it
 * wants: `cabi_realloc(0, 0, alignment, bytes)`. It only ever takes the next free bytes, because
 * nothing outlives the decision. `old` is 0 unless something grows, which then moves. */
LADUS_EXPORT("cabi_realloc")
void *cabi_realloc(void *old, uint32_t old_bytes, uint32_t alignment, uint32_t bytes)
{
    static uint32_t next;
    if (next == 0)
        next = (uint32_t)&__heap_base;
    uint32_t start = (next + alignment - 1) & -alignment;
    uint32_t end = start + bytes;
    uint32_t there = (uint32_t)__builtin_wasm_memory_size(0) << 16;
    if (end < start)
        __builtin_trap();
    if (end > there && __builtin_wasm_memory_grow(0, (end - there + 0xffff) >> 16) == (uint32_t)-1)
        __builtin_trap(); /* the host's limit: 32 MiB */
    next = end;
    uint8_t *to = (uint8_t *)start;
    for (uint32_t i = 0; i < old_bytes && i < bytes; i++)
        to[i] = ((const uint8_t *)old)[i];
    return to;
}

#endif
