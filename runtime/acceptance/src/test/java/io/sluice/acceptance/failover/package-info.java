/** Servers of an instance that are away, and what the command says of it. */
package io.sluice.acceptance.failover;
