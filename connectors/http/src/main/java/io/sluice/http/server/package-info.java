/** The HTTP server: connections, requests and answers. */
@NullMarked
package io.sluice.http.server;

import org.jspecify.annotations.NullMarked;
