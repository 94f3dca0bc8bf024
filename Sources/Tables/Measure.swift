/// The numeric columns of a flow row, in the order of the file.
///
/// The raw value is the column's name. Every value is finite and ≥ 0, and 0 where the thing it
/// measures did not occur; "payload" is bytes above the transport header, from the IP length, so
/// Ethernet padding never counts. Time is packet time. Numbers in brackets are CICFlowMeter's
/// columns; its published bugs are corrected (`docs/columns.md` is made from these comments).
///
/// To add a column: one case here with its comment, one line in `Flows/FlowMeasures.swift`.
public enum Measure: String, CaseIterable, Sendable {

  // MARK: Packet level, as the ARROW data set had them

  /// 1 if any packet of the flow had FIN set. Flag.
  case fin = "fin"
  /// 1 if any packet of the flow had SYN set. Flag.
  case syn = "syn"
  /// 1 if any packet of the flow had RST set. Flag.
  case rst = "rst"
  /// 1 if any packet of the flow had PSH set. Flag.
  case psh = "psh"
  /// 1 if any packet of the flow had ACK set. Flag.
  case ack = "ack"
  /// 1 if any packet of the flow had URG set. Flag.
  case urg = "urg"
  /// 1 if any packet of the flow had ECE or CWR set. Flag.
  case ecn = "ecn"
  /// Type of service or traffic class octet of the first packet (RFC 2474). 0 to 255.
  case typeOfService = "tos"
  /// Gap before the newest packet. ms.
  case interArrival = "inter_arrival_ms"
  /// Packets both ways.
  case packets = "packets"
  /// Bytes both ways, from the IP header on. B.
  case bytes = "bytes"

  // MARK: CICFlowMeter, published names and order

  /// Last packet time − first packet time. µs. [8]
  case flowDuration = "Flow Duration"
  /// Packets from the initiator. [9]
  case fwdPackets = "Total Fwd Packet"
  /// Packets from the responder. [10]
  case bwdPackets = "Total Bwd packets"
  /// Payload from the initiator. B. [11]
  case fwdPayload = "Total Length of Fwd Packet"
  /// Payload from the responder. B. [12]
  case bwdPayload = "Total Length of Bwd Packet"
  /// Largest payload of a forward packet. B. [13]
  case fwdLengthMax = "Fwd Packet Length Max"
  /// Smallest payload of a forward packet. B. [14]
  case fwdLengthMin = "Fwd Packet Length Min"
  /// Mean payload of a forward packet. B. [15]
  case fwdLengthMean = "Fwd Packet Length Mean"
  /// Sample standard deviation (n − 1) of forward payload. B. [16]
  case fwdLengthStd = "Fwd Packet Length Std"
  /// Largest payload of a backward packet. B. [17]
  case bwdLengthMax = "Bwd Packet Length Max"
  /// Smallest payload of a backward packet. B. [18]
  case bwdLengthMin = "Bwd Packet Length Min"
  /// Mean payload of a backward packet. B. [19]
  case bwdLengthMean = "Bwd Packet Length Mean"
  /// Sample standard deviation (n − 1) of backward payload. B. [20]
  case bwdLengthStd = "Bwd Packet Length Std"
  /// Payload both ways over the duration; 0 when the duration is 0 (see `dur_zero`). B/s. [21]
  case flowBytesPerSecond = "Flow Bytes/s"
  /// Packets both ways over the duration; 0 when the duration is 0. 1/s. [22]
  case flowPacketsPerSecond = "Flow Packets/s"
  /// Mean gap between successive packets. µs. [23]
  case flowIATMean = "Flow IAT Mean"
  /// Sample standard deviation of the gaps. µs. [24]
  case flowIATStd = "Flow IAT Std"
  /// Largest gap. µs. [25]
  case flowIATMax = "Flow IAT Max"
  /// Smallest gap. µs. [26]
  case flowIATMin = "Flow IAT Min"
  /// Sum of the gaps between forward packets. µs. [27]
  case fwdIATTotal = "Fwd IAT Total"
  /// Mean gap between forward packets. µs. [28]
  case fwdIATMean = "Fwd IAT Mean"
  /// Sample standard deviation of forward gaps. µs. [29]
  case fwdIATStd = "Fwd IAT Std"
  /// Largest forward gap. µs. [30]
  case fwdIATMax = "Fwd IAT Max"
  /// Smallest forward gap. µs. [31]
  case fwdIATMin = "Fwd IAT Min"
  /// Sum of the gaps between backward packets. µs. [32]
  case bwdIATTotal = "Bwd IAT Total"
  /// Mean gap between backward packets. µs. [33]
  case bwdIATMean = "Bwd IAT Mean"
  /// Sample standard deviation of backward gaps. µs. [34]
  case bwdIATStd = "Bwd IAT Std"
  /// Largest backward gap. µs. [35]
  case bwdIATMax = "Bwd IAT Max"
  /// Smallest backward gap. µs. [36]
  case bwdIATMin = "Bwd IAT Min"
  /// Forward packets with PSH. [37]
  case fwdPSH = "Fwd PSH Flags"
  /// Backward packets with PSH. [38]
  case bwdPSH = "Bwd PSH Flags"
  /// Forward packets with URG. [39]
  case fwdURG = "Fwd URG Flags"
  /// Backward packets with URG. [40]
  case bwdURG = "Bwd URG Flags"
  /// Transport header bytes, forward: TCP data offset × 4, UDP and ICMP 8. B. [41]
  case fwdHeaderLength = "Fwd Header Length"
  /// Transport header bytes, backward. B. [42]
  case bwdHeaderLength = "Bwd Header Length"
  /// Forward packets over the duration; 0 when the duration is 0. 1/s. [43]
  case fwdPacketsPerSecond = "Fwd Packets/s"
  /// Backward packets over the duration; 0 when the duration is 0. 1/s. [44]
  case bwdPacketsPerSecond = "Bwd Packets/s"
  /// Smallest payload either way. B. [45]
  case lengthMin = "Packet Length Min"
  /// Largest payload either way. B. [46]
  case lengthMax = "Packet Length Max"
  /// Mean payload either way. B. [47]
  case lengthMean = "Packet Length Mean"
  /// Sample standard deviation of payload. B. [48]
  case lengthStd = "Packet Length Std"
  /// Square of the previous. B². [49]
  case lengthVariance = "Packet Length Variance"
  /// Packets with FIN. [50]
  case finCount = "FIN Flag Count"
  /// Packets with SYN. [51]
  case synCount = "SYN Flag Count"
  /// Packets with RST. [52]
  case rstCount = "RST Flag Count"
  /// Packets with PSH. [53]
  case pshCount = "PSH Flag Count"
  /// Packets with ACK. [54]
  case ackCount = "ACK Flag Count"
  /// Packets with URG. [55]
  case urgCount = "URG Flag Count"
  /// Packets with CWR. [56]
  case cwrCount = "CWR Flag Count"
  /// Packets with ECE. [57]
  case eceCount = "ECE Flag Count"
  /// Backward packets ÷ forward packets. [58]
  case downUpRatio = "Down/Up Ratio"
  /// Payload both ways ÷ packets both ways. B. [59]
  case averagePacketSize = "Average Packet Size"
  /// Forward payload ÷ forward packets; the same as `Fwd Packet Length Mean`. B. [60]
  case fwdSegmentAverage = "Fwd Segment Size Avg"
  /// Backward payload ÷ backward packets; the same as `Bwd Packet Length Mean`. B. [61]
  case bwdSegmentAverage = "Bwd Segment Size Avg"
  /// Payload in forward bulks ÷ bulks. A bulk: 4 or more payload packets one way, gaps ≤ 1 s, no
  /// payload the other way. B. [63]
  case fwdBytesPerBulk = "Fwd Bytes/Bulk Avg"
  /// Packets in forward bulks ÷ bulks. [64]
  case fwdPacketsPerBulk = "Fwd Packet/Bulk Avg"
  /// Payload in forward bulks ÷ time in them. B/s. [65]
  case fwdBulkRate = "Fwd Bulk Rate Avg"
  /// Payload in backward bulks ÷ bulks. B. [66]
  case bwdBytesPerBulk = "Bwd Bytes/Bulk Avg"
  /// Packets in backward bulks ÷ bulks. [67]
  case bwdPacketsPerBulk = "Bwd Packet/Bulk Avg"
  /// Payload in backward bulks ÷ time in them. B/s. [68]
  case bwdBulkRate = "Bwd Bulk Rate Avg"
  /// Forward packets ÷ subflows; a gap over 1 s starts a new subflow. [69]
  case subflowFwdPackets = "Subflow Fwd Packets"
  /// Forward payload ÷ subflows. B. [70]
  case subflowFwdBytes = "Subflow Fwd Bytes"
  /// Backward packets ÷ subflows. [71]
  case subflowBwdPackets = "Subflow Bwd Packets"
  /// Backward payload ÷ subflows. B. [72]
  case subflowBwdBytes = "Subflow Bwd Bytes"
  /// TCP window field, unscaled, of the first forward packet. B. [73]
  case fwdInitialWindow = "FWD Init Win Bytes"
  /// TCP window field, unscaled, of the first backward packet. B. [74]
  case bwdInitialWindow = "Bwd Init Win Bytes"
  /// Forward packets with payload. [75]
  case fwdDataPackets = "Fwd Act Data Pkts"
  /// Smallest forward transport header. B. [76]
  case fwdHeaderMin = "Fwd Seg Size Min"
  /// Mean of the spans between idle gaps (over 5 s), the last one closed at the last packet. µs. [77]
  case activeMean = "Active Mean"
  /// Sample standard deviation of those spans. µs. [78]
  case activeStd = "Active Std"
  /// Longest of those spans. µs. [79]
  case activeMax = "Active Max"
  /// Shortest of those spans. µs. [80]
  case activeMin = "Active Min"
  /// Mean of the gaps over 5 s. µs. [81]
  case idleMean = "Idle Mean"
  /// Sample standard deviation of those gaps. µs. [82]
  case idleStd = "Idle Std"
  /// Longest of those gaps. µs. [83]
  case idleMax = "Idle Max"
  /// Shortest of those gaps. µs. [84]
  case idleMin = "Idle Min"

  // MARK: The flow, beyond CICFlowMeter

  /// 4 or 6; 0 for ARP.
  case ipVersion = "ip_version"
  /// 1 if first and last packet carry the same time. Flag.
  case durationZero = "dur_zero"
  /// Forward packets with RST.
  case fwdRST = "fwd_rst_flags"
  /// Backward packets with RST.
  case bwdRST = "bwd_rst_flags"
  /// Backward packets with payload.
  case bwdDataPackets = "bwd_act_data_pkts"
  /// 1 once the SYN-ACK and the initiator's ACK of it were seen. Flag.
  case handshakeComplete = "handshake_complete"
  /// Forward TCP segments that end at or below the highest sequence number seen: sent again, or late.
  case fwdRetransmissions = "retrans_fwd"
  /// Backward TCP segments that end at or below the highest sequence number seen.
  case bwdRetransmissions = "retrans_bwd"
  /// Packets whose time lies before that of the newest packet ahead of them.
  case outOfOrder = "out_of_order"
  /// IP fragments in the flow.
  case fragments = "fragments"
  /// Packets of which the capture holds less than was sent.
  case truncated = "truncated"
  /// ICMP or ICMPv6 type of the first packet. 0 to 255.
  case icmpType = "icmp_type"
  /// ICMP or ICMPv6 code of the first packet. 0 to 255.
  case icmpCode = "icmp_code"
  /// ICMP errors that quoted a packet of this flow.
  case icmpErrors = "icmp_errors"
  /// Class of the destination port: 0 none, 1 well-known (below 1024), 2 registered, 3 ephemeral
  /// (32768 up: Linux's own range).
  case dstPortClass = "dst_port_class"
  /// Class of the source port, as above.
  case srcPortClass = "src_port_class"
  /// 1 if the destination port is on the list that worms and botnets knock at
  /// (`Tables/PortClass.swift`). Flag.
  case dstPortExploit = "dst_port_exploit"
  /// ARP and neighbour discovery messages in the flow that moved an address to another MAC than the
  /// one it was last bound to (arpwatch's "changed ethernet address").
  case arpRebinds = "arp_rebinds"
  /// ARP replies and announcements (RFC 5227) and neighbour advertisements in the flow that nobody had
  /// asked for: not the host they speak to, in the five seconds before; or, if they speak to all, no
  /// host that probed for the address, as one does that is about to take it.
  case arpUnasked = "arp_unasked"
  /// Addresses that the MAC behind a claim of ARP or neighbour discovery in the flow has claimed within
  /// two minutes, of the same IP version, at the most so far: an IPv4 host has one or two, who stands
  /// between two hosts has theirs as well. At most 16; 0 where nothing was claimed.
  case arpClaims = "arp_claims"
  /// How sure it is that the source is who it says: 0 not at all, 1 its MAC is the one ARP or
  /// neighbour discovery bound to the address, 2 it answered something that only the owner of the
  /// address could have received; 0 for a flow in a tunnel, both ends of which its maker may make up.
  case srcVerified = "src_verified"

  // MARK: Context: sliding windows of packet time, ended at the tick that wrote the row

  // Clock windows are cut from two cells (the current one, and the part of the one before that the
  // window still covers), so that they are exact for steady traffic; counts of distinct things reach
  // back one to two windows. "To" a host counts the flows that others opened to it, "from" a source
  // those that it opened. Shares and ratios are 0 where there is nothing to divide by. "Failed" flows came to nothing: TCP without a handshake, anything
  // else without a reply. Entropies are Shannon's over 32 hashed buckets of new flows, normalised to
  // 0 ... 1 (Lakhina, Crovella and Diot, SIGCOMM 2005).

  /// New flows to the destination host in the last second.
  case dstFlows1s = "dst_flows_1s"
  /// Packets to the destination host in the last second.
  case dstPackets1s = "dst_packets_1s"
  /// IP bytes to the destination host in the last second. B.
  case dstBytes1s = "dst_bytes_1s"
  /// Distinct sources that opened flows to the destination host in the last second (estimate:
  /// HyperLogLog, Flajolet et al. 2007, 64 registers, standard error 13 %).
  case dstSources1s = "dst_sources_1s"
  /// TCP handshakes to the destination host that were begun in the last second, less those completed
  /// in it, whenever they were begun.
  case dstHalfOpen1s = "dst_half_open_1s"
  /// Completed ÷ begun handshakes at the destination host in the last second; 1 if none was begun.
  case dstCompletedShare1s = "dst_completed_share_1s"
  /// UDP packets to the destination host in the last second.
  case dstUDP1s = "dst_udp_1s"
  /// ICMP packets to the destination host in the last second.
  case dstICMP1s = "dst_icmp_1s"
  /// Packets from ÷ packets to the destination host in the last second, at most 1.
  case dstReplyShare1s = "dst_reply_share_1s"
  /// IP bytes ÷ packets to the destination host in the last second. B.
  case dstMeanSize1s = "dst_mean_size_1s"
  /// SYNs without ACK ÷ packets to the destination host in the last second (Wang, Zhang and Shin,
  /// INFOCOM 2002, compare SYNs with FINs).
  case dstSYNShare1s = "dst_syn_share_1s"
  /// Flows the destination host reset ÷ new flows to it in the last second, at most 1.
  case dstResetShare1s = "dst_rst_share_1s"
  /// ICMP errors about packets to the destination host ÷ those packets in the last second, at most 1.
  case dstUnreachableShare1s = "dst_unreachable_share_1s"
  /// Entropy of the sources of new flows to the destination host in the last second: near 1 in a
  /// spoofed flood, near 0 in one attacker's.
  case dstSourceEntropy1s = "dst_source_entropy_1s"
  /// Entropy of the destination ports of new flows to the destination host in the last second.
  case dstPortEntropy1s = "dst_port_entropy_1s"
  /// New flows to the destination host in the last minute.
  case dstFlows60s = "dst_flows_60s"
  /// Packets to the destination host in the last minute.
  case dstPackets60s = "dst_packets_60s"
  /// Failed flows ÷ flows among about the last hundred to the destination host that ended
  /// (NSL-KDD's `dst_host_serror_rate`, fading instead of counted).
  case dstFailedShare100 = "dst_failed_share_100"
  /// IP fragments to the destination host in the last second, the first ones included.
  case dstFragments1s = "dst_fragments_1s"
  /// New TCP flows in the last second that began with an answer, SYN-ACK or RST, to the destination host,
  /// which was not seen to ask. A flow that began so itself tells of the host that was answered: its
  /// source, as a rule.
  case dstBackscatter1s = "dst_backscatter_1s"
  /// New flows to the service (destination, port, protocol) in the last second.
  case svcFlows1s = "svc_flows_1s"
  /// Packets to the service in the last second.
  case svcPackets1s = "svc_packets_1s"
  /// Distinct sources that opened flows to the service in the last second (estimate).
  case svcSources1s = "svc_sources_1s"
  /// Handshakes to the service begun in the last second, less those completed in it.
  case svcHalfOpen1s = "svc_half_open_1s"
  /// Packets from ÷ packets to the service in the last second, at most 1.
  case svcReplyShare1s = "svc_reply_share_1s"
  /// IP bytes to the service in the last second. B.
  case svcBytes1s = "svc_bytes_1s"
  /// Completed ÷ begun handshakes at the service in the last second; 1 if none was begun.
  case svcCompletedShare1s = "svc_completed_share_1s"
  /// Entropy of the sources of new flows to the service in the last second.
  case svcSourceEntropy1s = "svc_source_entropy_1s"
  /// New flows to the service in the last minute.
  case svcFlows60s = "svc_flows_60s"
  /// Packets to the service in the last minute.
  case svcPackets60s = "svc_packets_60s"
  /// IP bytes from ÷ IP bytes to the service in the last minute: the amplification factor (Rossow,
  /// "Amplification Hell", NDSS 2014).
  case svcReplyByteRatio60s = "svc_reply_byte_ratio_60s"
  /// TCP connections to the service that are open: seen from their handshake on, not closed, not reset,
  /// not silent for two minutes.
  case svcOpenFlows = "svc_open_flows"
  /// New flows from the source in the last second.
  case srcFlows1s = "src_flows_1s"
  /// Packets from the source in the last second.
  case srcPackets1s = "src_packets_1s"
  /// IP bytes from the source in the last second. B.
  case srcBytes1s = "src_bytes_1s"
  /// SYNs without ACK ÷ packets from the source in the last second.
  case srcSYNShare1s = "src_syn_share_1s"
  /// Packets to ÷ packets from the source in the last second, at most 1.
  case srcReplyShare1s = "src_reply_share_1s"
  /// New flows from the source in the last minute.
  case srcFlows60s = "src_flows_60s"
  /// Distinct hosts the source opened flows to in the last minute (estimate).
  case srcHosts60s = "src_hosts_60s"
  /// Distinct destination ports the source opened flows to in the last minute (estimate).
  case srcPorts60s = "src_ports_60s"
  /// Flows of the source that came to nothing (TCP: no handshake; else: no reply) ÷ its new flows
  /// in the last minute; UNSW-NB15's and NSL-KDD's error rates over a clock window.
  case srcFailedShare60s = "src_failed_share_60s"
  /// Flows of the source to ports of the exploit list in the last minute.
  case srcExploitFlows60s = "src_exploit_flows_60s"
  /// Handshakes the source began in the last minute, less those completed in it.
  case srcHalfOpen60s = "src_half_open_60s"
  /// Flows of the source that were reset by the other end ÷ its new flows in the last minute, at most
  /// 1 (NSL-KDD's `rerror_rate`).
  case srcResetShare60s = "src_rst_share_60s"
  /// ICMP errors about the source's packets ÷ its packets in the last minute, at most 1.
  case srcUnreachableShare60s = "src_unreachable_share_60s"
  /// Entropy of the destination ports of the source's new flows in the last minute.
  case srcPortEntropy60s = "src_port_entropy_60s"
  /// Distinct times to live of the source's flows in the last minute: one host behind one path has one
  /// (Jin, Wang and Shin, "Hop-Count Filtering", CCS 2003).
  case srcTTLs60s = "src_ttls_60s"
  /// 1 if the source was known when the flow began, but not with this time to live, in the last
  /// minute. Flag.
  case srcTTLNew = "src_ttl_new"
  /// Failed flows ÷ flows among about the last hundred of the source that ended (NSL-KDD).
  case srcFailedShare100 = "src_failed_share_100"
  /// Distinct services (destination, port, protocol) among the flows that the source began, that came to
  /// nothing, and that ended in this and the previous hour of the clock (estimate): slow scans.
  case srcFailedTargets1h = "src_failed_targets_1h"
  /// Refused logins of the source in the last ten minutes, at all its destinations.
  case srcLoginFailures10m = "src_login_failures_10m"
  /// Mean payload of the source's packets, a packet ten seconds old weighing half (Kitsune's damped
  /// statistics, λ = 0.1/s; Mirsky et al., NDSS 2018). B.
  case srcSizeMean = "src_size_mean"
  /// Standard deviation of the same. B.
  case srcSizeStd = "src_size_std"
  /// New flows of the pair (source, destination) in the last minute.
  case pairFlows60s = "pair_flows_60s"
  /// Distinct destination ports of the pair in the last minute (estimate).
  case pairPorts60s = "pair_ports_60s"
  /// Flows of the pair that came to nothing ÷ its new flows in the last minute.
  case pairFailedShare60s = "pair_failed_share_60s"
  /// Packets from the source to the destination in the last second.
  case pairPackets1s = "pair_packets_1s"
  /// IP bytes from the source to the destination in the last minute. B.
  case pairBytes60s = "pair_bytes_60s"
  /// IP bytes back ÷ IP bytes there between the two in the last minute.
  case pairReplyByteRatio60s = "pair_reply_byte_ratio_60s"
  /// Mean payload of packets from the source to the destination, damped as in `src_size_mean`. B.
  case pairSizeMean = "pair_size_mean"
  /// Standard deviation of the same. B.
  case pairSizeStd = "pair_size_std"
  /// TCP connections of the pair that are open, as in ``svcOpenFlows``.
  case pairOpenFlows = "pair_open_flows"
  /// HTTP requests of the pair in the last minute.
  case pairRequests60s = "pair_requests_60s"
  /// Refused logins of the pair in the last ten minutes.
  case pairLoginFailures10m = "pair_login_failures_10m"
  /// Gaps between the starts of the pair's successive flows, ARP and answers aside, that are a second or
  /// longer; at most 32, since that many weigh in the next two, and older ones fade.
  case pairGaps = "pair_gaps"
  /// Their mean; 0 if there is none. s.
  case pairGapMean = "pair_gap_mean"
  /// Their standard deviation ÷ their mean: near 0 for a clock, 1 for chance (Poisson).
  case pairGapVariation = "pair_gap_cv"
  /// Of the last 100 flows on the wire, those with this source and service (destination port and
  /// protocol); this and the next five are UNSW-NB15's (Moustafa and Slay, MilCIS 2015).
  case ctSrvSrc = "ct_srv_src"
  /// Of the last 100 flows, those with this destination and service.
  case ctSrvDst = "ct_srv_dst"
  /// Of the last 100 flows, those with this destination.
  case ctDst = "ct_dst_ltm"
  /// Of the last 100 flows, those with this source.
  case ctSrc = "ct_src_ltm"
  /// Of the last 100 flows, those with this destination and source port.
  case ctDstSport = "ct_dst_sport_ltm"
  /// Of the last 100 flows, those with this source and destination.
  case ctDstSrc = "ct_dst_src_ltm"

  // MARK: Payload signs, counted where the bytes are

  /// Packets of HTTP requests in which an SQL injection was found, in the path, a parameter, a cookie, the
  /// `Referer`, `User-Agent` or `X-Forwarded-For` header, or the first 16 KiB of the body.
  case sqlInjections = "sqli_patterns"
  /// Packets of HTTP requests in which a path traversal or the inclusion of a local or remote file was
  /// found, in the path, a parameter, a cookie or the body.
  case traversals = "traversal_patterns"
  /// Packets of HTTP requests in which cross-site scripting was found.
  case crossSiteScripts = "xss_patterns"
  /// Packets of HTTP requests in which a command, template or code injection was found (shell commands
  /// behind a separator, Shellshock, JNDI lookups, PHP code).
  case commandInjections = "command_patterns"
  /// UDP datagrams and TCP PSH segments without payload.
  case emptyPayloads = "empty_payloads"

  // MARK: Application: what was said above the transport, where it was said in the clear

  /// MQTT CONNECT packets (MQTT 3.1.1 and 5 section 3.1).
  case mqttConnects = "mqtt_connects"
  /// MQTT CONNACK packets that refuse: return code 1 to 5, in MQTT 5 a reason code from 0x80 up
  /// (section 3.2.2).
  case mqttRefusals = "mqtt_refusals"
  /// MQTT PUBLISH packets, either way.
  case mqttPublishes = "mqtt_publishes"
  /// MQTT SUBSCRIBE packets.
  case mqttSubscribes = "mqtt_subscribes"
  /// Topic filters in them that begin with a wildcard (`#`, `+`), and so ask for all devices.
  case mqttWildcards = "mqtt_wildcards"
  /// Topic filters in them that ask for everything: `#`, `+/#` and `$SYS/#`.
  case mqttEverything = "mqtt_everything"
  /// MQTT packets that the standard forbids: type, flags, remaining length, sender, connect flags, a
  /// second CONNECT; and connections to port 1883 that begin with something else than CONNECT. After
  /// one of them counting goes on at the next segment that begins like a packet.
  case mqttMalformed = "mqtt_malformed"
  /// DNS queries, multicast DNS included (RFC 1035, RFC 6762).
  case dnsQueries = "dns_queries"
  /// DNS answers.
  case dnsAnswers = "dns_answers"
  /// Bytes of those answers, from the DNS header on. B.
  case dnsAnswerBytes = "dns_answer_bytes"
  /// DNS queries whose first question has a type that makes answers large: ANY, TXT, DNSKEY, RRSIG.
  case dnsAnyQueries = "dns_any_queries"
  /// Longest name asked for, of the first question of each query. B, as in the question: a length byte
  /// before each label and a 0 behind the last; at most 255 if it is sound.
  case dnsLongestName = "dns_name_max"
  /// DNS answers NXDOMAIN, SERVFAIL and REFUSED.
  case dnsFailures = "dns_failures"
  /// HTTP/1 requests (RFC 9112); a request line that never ends is none.
  case httpRequests = "http_requests"
  /// POST requests among them.
  case httpPosts = "http_posts"
  /// HTTP/1 responses of status 400 to 599 (RFC 9110 section 15).
  case httpErrors = "http_errors"
  /// HTTP/1 responses of status 401, 403 and 407.
  case httpAuthFailures = "http_auth_failures"
  /// Whether the newest HTTP request has not ended: its first line or headers go on, or less body came
  /// than announced. Flag.
  case httpUnfinished = "http_unfinished"
  /// TLS ClientHello messages (RFC 8446 section 4.1.2), a second one after HelloRetryRequest included.
  case tlsClientHellos = "tls_client_hellos"
  /// TLS alerts in the clear, so those of handshakes that went wrong (RFC 8446 section 6).
  case tlsAlerts = "tls_alerts"
  /// Logins that were refused. Certain: FTP reply 530 or 430 to USER or PASS; SMTP 535; POP3 -ERR to
  /// PASS; MQTT CONNACK for credentials (4, 5; 0x86, 0x87, 0x8C); SMB status LOGON_FAILURE and its
  /// kin; HTTP 401 or 407 to a request that carried credentials (NTLM's handshake counts one).
  /// Likely: Telnet lines that begin with "Login incorrect" and the like. A guess: SSH, whose answers
  /// are encrypted, by their size: each answer as long as the first refusal, which itself is not
  /// counted; unwanted public keys count, too.
  case loginFailures = "login_failures"
  /// DICOM association requests (PS3.8 section 9.3.2).
  case dicomAssociations = "dicom_associations"
  /// DICOM associations rejected (PS3.8 section 9.3.4).
  case dicomRejections = "dicom_rejections"
  /// HL7 version 2 messages over MLLP, acknowledgments included.
  case hl7Messages = "hl7_messages"
  /// HL7 acknowledgments that say error or reject: MSA-1 AE, AR, CE, CR (table 0008).
  case hl7Refusals = "hl7_refusals"

  // MARK: Folding

  /// Flows that this row stands for: 1, or more when small flows to one target were folded.
  case folded = "folded"
  /// Distinct sources among them (an estimate, as in `dst_sources_1s`, when there are several).
  case foldedSources = "folded_sources"
}

extension Measure {
  /// The position of the column among the measures; 0 is the first.
  ///
  /// The tag of an enumeration without payload counts the cases in order (a test holds it to that).
  @inlinable public var index: Int { Int(unsafeBitCast(self, to: UInt8.self)) }

  /// How many measures there are.
  public static let count = allCases.count

  /// The column with this name.
  public init?(name: String) { self.init(rawValue: name) }
}
