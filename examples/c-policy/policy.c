/* Whoever has missed few calls today, and of those the longest idle. */

#include "ladus.h"

#define SLACK "slack"

static const ladus_field fields[] = {
    {
        .id = LADUS_TEXT(SLACK),
        .label = LADUS_TEXT("Misses that do not count"),
        .help = LADUS_TEXT("Whoever has missed up to this many calls more than the best is his equal."),
        .kind = {
            .is = LADUS_ASK_NUMBER,
            .range = { .least = 0, .most = 20, .step = 1, .unit = LADUS_TEXT("calls") },
        },
        .initial = { .is = LADUS_NUMBER, .number = 0 },
    },
};

static const ladus_card card = {
    .name = LADUS_TEXT("few-misses"),
    .version = LADUS_TEXT("1.0.0"),
    .summary = LADUS_TEXT("Whoever has missed few calls today, and of those the longest idle."),
    .fields = { fields, sizeof(fields) / sizeof(fields[0]) },
};

const ladus_card *ladus_describe(void)
{
    return &card;
}

static bool same(ladus_string text, const char *other, uint32_t bytes)
{
    if (text.bytes != bytes)
        return false;
    for (uint32_t i = 0; i < bytes; i++)
        if (text.at[i] != other[i])
            return false;
    return true;
}

/* A setting that is a number, or 0. */
static uint32_t number(const ladus_setting *settings, uint32_t count, const char *id, uint32_t bytes)
{
    for (uint32_t i = 0; i < count; i++)
        if (same(settings[i].id, id, bytes) && settings[i].value.is == LADUS_NUMBER)
            return (uint32_t)settings[i].value.number;
    return 0;
}

/* The reason: a number, and what it counts. */
static ladus_string missed_words(uint32_t missed)
{
    static const char words[] = " missed today";
    static char text[10 + sizeof(words)];
    char *at = text + sizeof(text);
    for (uint32_t i = sizeof(words) - 1; i > 0; i--)
        *--at = words[i - 1];
    do
        *--at = (char)('0' + missed % 10);
    while ((missed /= 10) > 0);
    return (ladus_string){ at, (uint32_t)(text + sizeof(text) - at) };
}

const ladus_answer *ladus_decide(const ladus_setting *settings, uint32_t count)
{
    static ladus_answer answer = { .decision = LADUS_RING, .has_reason = 1 };
    uint32_t slack = number(settings, count, SLACK, sizeof(SLACK) - 1);
    ladus_u32s missed, idle;
    ladus_missed_today(&missed);
    ladus_idle_ms(&idle);

    uint32_t fewest = UINT32_MAX;
    for (uint32_t i = 0; i < missed.count; i++)
        if (missed.at[i] < fewest)
            fewest = missed.at[i];

    /* Of equal ones the first stays: the agent whom the engine itself would choose. */
    uint32_t chosen = UINT32_MAX;
    for (uint32_t i = 0; i < missed.count; i++) {
        if (missed.at[i] - fewest > slack)
            continue;
        if (chosen == UINT32_MAX || idle.at[i] > idle.at[chosen])
            chosen = i;
    }
    answer.number = chosen;
    answer.reason = missed_words(missed.at[chosen]);
    return &answer;
}
