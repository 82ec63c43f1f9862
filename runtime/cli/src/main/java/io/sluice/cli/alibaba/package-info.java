/**
 * Flow files out of documents of Alibaba Cloud EventBridge's API, version 2020-04-01: the requests
 * of CreateEventStreaming, CreateRule and CreateEventSource.
 */
@NullMarked
package io.sluice.cli.alibaba;

import org.jspecify.annotations.NullMarked;
