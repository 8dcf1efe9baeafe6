package io.rstscope.report.model;

import java.util.List;

/**
 * The packets of a flow that matter: how it began, the last before its end, what decided the
 * verdict, and what followed.
 *
 * @param packets in the order of the capture; immutable
 * @param total packets of the flow in the capture, those left out among them
 */
public record FlowExcerpt(List<ExcerptPacket> packets, long total) {}
