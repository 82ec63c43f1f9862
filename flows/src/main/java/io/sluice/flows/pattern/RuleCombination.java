package io.sluice.flows.pattern;

/**
 * One of the combinations of a rule.
 *
 * @param rule the number of the rule
 */
record RuleCombination(int rule, Combination combination) {}
