#!/bin/sh
# Makes every prompt anew from its words. See README.md beside this file.
set -eu
cd "$(dirname "$0")"

# say <language> <voice> <file> <silence after it> <words>
say() {
    out="$1/$3.alaw"
    espeak-ng -v "$2" -s 150 -a 60 -w prompt.wav "$5"
    sox prompt.wav -t al -r 8000 -c 1 "$out" \
        highpass 200 lowpass 3400 norm -4 silence 1 0.01 0.5% fade t 0.005 \
        reverse silence 1 0.01 0.5% fade t 0.01 reverse pad 0.06 "$4"
    # Whole frames of 160 bytes; 0xD5 is silence in A-law.
    odd=$(($(wc -c < "$out") % 160))
    if [ "$odd" -gt 0 ]; then
        head -c $((160 - odd)) /dev/zero | tr '\0' '\325' >> "$out"
    fi
    rm prompt.wav
}

while IFS='|' read -r file pause et en; do
    case "$file" in '' | '#'*) continue ;; esac
    say et et "$file" "$pause" "$et"
    say en en-gb "$file" "$pause" "$en"
done < words.txt
