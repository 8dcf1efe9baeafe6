/**
 * From a file, a pipe, a folder or a series of files to packets as they were captured.
 *
 * <p>{@link io.rstscope.capture.CaptureFiles} opens; what it returns is a {@link
 * io.rstscope.capture.PacketSource}, which refills one {@link io.rstscope.capture.CapturedPacket},
 * so that nothing is allocated per packet. Captures are hostile: whatever they say ends in a {@link
 * io.rstscope.capture.CaptureException} with offset and reason, never in another exception, and
 * what precedes it is delivered.
 *
 * <p>Only this package knows pcap4j and JNA, which are loaded only where they are needed: files are
 * read without them. It knows {@code wire} and nothing else of ours.
 */
package io.rstscope.capture;
