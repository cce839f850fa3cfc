@main struct LedeCommand { static func main() {} }
