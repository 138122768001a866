"""Files in and out: sheets, rules, evenings, reports."""
