"""How fast, as ratios to a bare equivalent measured in the same run: `script/bench`. Nothing here is a test."""
