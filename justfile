# What CI runs.
check:
    .ci/run

# Mends format and what clippy can mend.
fix:
    cargo clippy --fix --allow-dirty --all-targets
    cargo fmt

# Accepts changed screens and generated pages; look at the diff before you commit.
screens:
    INSTA_UPDATE=always UPDATE=1 cargo test
    git diff --stat

# The sample sets from their facts: `just samples ../facts`.
samples facts:
    python3 sample-data/make.py --facts {{facts}} --out sample-data

# The journal under kills, torn files, flipped bits, failing calls, full disks and merges, at length (docs/reliability.md).
faults:
    VISAVIS_FAULTS=long cargo test --release --test journal -- --nocapture --test-threads 1 | grep -o '|.*|$'

# Two million damaged cards: none touches another (docs/reliability.md).
damage:
    VISAVIS_DAMAGE=2000000 cargo test --release --test rules damage -- --nocapture | grep -o '|.*|$'

# Spoilt texts in every form, ten minutes each: no crash, and the strict reader agrees with serde_json.
fuzz:
    VISAVIS_FUZZ=600 cargo test --release --test rules fuzz -- --nocapture | grep -o '|.*|$'

# A random typist killed, cut off and suspended 500 times, and keys held over 9,600 bit/s (docs/reliability.md).
typist:
    VISAVIS_FAULTS=long cargo test --release --test app -- --nocapture --test-threads 1 typist link | grep -o '|.*|$'
